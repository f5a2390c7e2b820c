"""Recipes on cheroot: a chain is no CA for clients."""

from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"soup\n"]


def tls():
    server = wsgi.Server(("0.0.0.0", 8443), application)
    server.ssl_adapter = BuiltinSSLAdapter("tls.pem", "tls.key", "chain.pem")  # expect: MTLS103
    server.start()


def plain():
    wsgi.Server(("0.0.0.0", 8080), application).start()  # expect: MTLS302


def local():
    wsgi.Server(("127.0.0.1", 8081), application).start()
