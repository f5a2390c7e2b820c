"""Starts the chat under daphne from Python."""

import sys

from daphne.cli import CommandLineInterface
from daphne.server import Server

from chat.asgi import application


def tls():
    # daphne has no option for client certificates.
    Server(  # expect: MTLS103
        application=application,
        endpoints=["ssl:443:privateKey=key.pem:certKey=cert.pem"],
    ).run()


def plain():
    Server(
        application=application,
        endpoints=["tcp:port=8000:interface=0.0.0.0"],  # expect: MTLS302
    ).run()


def local():
    Server(application=application, endpoints=["tcp:port=8001:interface=127.0.0.1"]).run()


if __name__ == "__main__":
    CommandLineInterface().run(sys.argv[1:])
