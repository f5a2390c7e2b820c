"""One small application, several servers, each with client certificates."""

import ssl

from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter
from granian import Granian
from sanic import Sanic
from sanic.response import json

app = Sanic("one")


@app.get("/")
async def index(request):
    return json({"ok": True})


def required():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="clients.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain("tls.pem", "tls.key")
    return context


def optional():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="clients.pem")
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    context.load_cert_chain("tls.pem", "tls.key")
    return context


def sanic():
    app.run(host="0.0.0.0", port=8443, ssl=required())


def sanic_for_guests():
    app.run(host="0.0.0.0", port=8444, ssl=optional())


def cheroot(application):
    server = wsgi.Server(("0.0.0.0", 8445), application)
    adapter = BuiltinSSLAdapter("tls.pem", "tls.key", "chain.pem")
    adapter.context = required()
    server.ssl_adapter = adapter
    server.start()


def granian():
    Granian(
        "one:app",
        address="0.0.0.0",
        port=8446,
        ssl_cert="tls.pem",
        ssl_key="tls.key",
        ssl_ca="clients.pem",
        ssl_client_verify=True,
    ).serve()
