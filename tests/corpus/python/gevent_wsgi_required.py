"""Dispatch centre on gevent: cars must show a certificate."""

import ssl

from gevent.pywsgi import WSGIServer


def application(environ, start_response):
    start_response("200 OK", [])
    return [b"ok"]


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="cars.pem")
    made.load_cert_chain("centre.pem")
    made.verify_mode = ssl.CERT_REQUIRED
    return made


def web():
    WSGIServer(("0.0.0.0", 8443), application, ssl_context=context()).serve_forever()
