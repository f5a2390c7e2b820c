"""Loom simulator with pyOpenSSL, on this machine only."""

import socket

from OpenSSL import SSL


def context():
    made = SSL.Context(SSL.TLS_SERVER_METHOD)
    made.set_min_proto_version(SSL.TLS1_2_VERSION)
    made.use_certificate_file("loom.pem")
    made.use_privatekey_file("loom.key")
    return made


def serve():
    listener = SSL.Connection(context(), socket.socket())
    listener.bind(("127.0.0.1", 6000))
    listener.listen(3)
    return listener
