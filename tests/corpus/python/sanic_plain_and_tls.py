"""Toy shop on Sanic."""

import ssl

from sanic import Sanic
from sanic.response import json

app = Sanic("toys")


@app.get("/toys")
async def toys(request):
    return json([])


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)  # expect: MTLS103
    made.load_cert_chain("toys.pem", "toys.key")
    return made


def tls():
    app.run(host="0.0.0.0", port=8443, ssl=context())


def local():
    app.run(host="127.0.0.1", port=8001)
