"""Recipes on cheroot: the adapter's context is told to ask, in the two ways people write it."""

import ssl

from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"soup\n"]


def adapter():
    made = BuiltinSSLAdapter("tls.pem", "tls.key")
    made.context.load_verify_locations("cooks.pem")
    made.context.verify_mode = ssl.CERT_REQUIRED
    return made


def before():
    server = wsgi.Server(("0.0.0.0", 8443), application)
    server.ssl_adapter = adapter()
    server.start()


def behind():
    server = wsgi.Server(("0.0.0.0", 8444), application)
    server.ssl_adapter = BuiltinSSLAdapter("tls.pem", "tls.key")
    server.ssl_adapter.context.load_verify_locations("cooks.pem")
    server.ssl_adapter.context.verify_mode = ssl.CERT_REQUIRED
    server.start()
