"""Small servers that speak plaintext to whoever comes."""

import xmlrpc.server
from wsgiref.simple_server import make_server

import bottle
import waitress


def application(environ, start_response):
    start_response("200 OK", [])
    return [b"ok"]


def wsgi():
    with make_server("", 8000, application) as server:  # expect: MTLS302
        server.serve_forever()


def rpc():
    server = xmlrpc.server.SimpleXMLRPCServer(("0.0.0.0", 8001))  # expect: MTLS302
    server.serve_forever()


def wait():
    waitress.serve(application, host="0.0.0.0", port=8002)  # expect: MTLS302


def brew():
    bottle.run(host="0.0.0.0", port=8003)  # expect: MTLS302


def local():
    waitress.serve(application, host="127.0.0.1", port=8004)
    bottle.run(host="localhost", port=8005)
    make_server("127.0.0.1", 8006, application).serve_forever()
