"""Boat hire: run methods of several frameworks."""

from quart import Quart
from sanic import Sanic

quart_app = Quart(__name__)
sanic_app = Sanic("boats")


def quart_local():
    quart_app.run(host="127.0.0.1", port=5000)


def sanic_local():
    sanic_app.run(host="localhost", port=5001)


def sanic_network():
    sanic_app.run("0.0.0.0", 5002)  # expect: MTLS302
