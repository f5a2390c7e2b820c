"""Dispatch centre on green threads."""

import eventlet
from eventlet import wsgi
from eventlet.green import ssl as green
from gevent import ssl
from gevent.pywsgi import WSGIServer
from gevent.server import StreamServer


def application(environ, start_response):
    start_response("200 OK", [])
    return [b"ok"]


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="cars.pem")
    made.load_cert_chain("centre.pem")
    made.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    return made


def web():
    WSGIServer(("0.0.0.0", 8443), application, ssl_context=context()).serve_forever()


def plain():
    WSGIServer(("0.0.0.0", 8080), application).serve_forever()  # expect: MTLS302


def local():
    StreamServer(("127.0.0.1", 8081), print).serve_forever()


def green_web():
    made = green.SSLContext(green.PROTOCOL_TLS_SERVER)
    made.minimum_version = green.TLSVersion.TLSv1_2
    made.load_cert_chain("centre.pem")
    made.load_verify_locations("cars.pem")
    made.verify_mode = green.CERT_REQUIRED
    listener = made.wrap_socket(eventlet.listen(("0.0.0.0", 8444)), server_side=True)
    wsgi.server(listener, application)
