"""Ballot box as bare WSGI: the header's name is spelt the CGI way."""

from wsgiref.simple_server import make_server


def voter(environ):
    if environ.get("HTTP_X_SSL_CLIENT_VERIFY") != "SUCCESS":  # expect: MTLS502
        return None
    return environ.get("HTTP_X_REQUEST_ID")


def application(environ, start_response):
    who = voter(environ)
    if who is None:
        start_response("403 Forbidden", [("Content-Type", "text/plain")])
        return [b"no\n"]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [who.encode()]


if __name__ == "__main__":
    make_server("0.0.0.0", 8000, application).serve_forever()  # expect: MTLS302
