"""Weather buoys on pyOpenSSL: every context has a floor, set in one way or another."""

import socket

from OpenSSL import SSL


def _checked(connection, certificate, error, depth, ok):
    return ok


class Buoy:
    def __init__(self, authority):
        self.context = SSL.Context(SSL.TLS_METHOD)
        self.context.set_min_proto_version(SSL.TLS1_2_VERSION)
        self.context.load_verify_locations(authority)
        self.context.set_verify(SSL.VERIFY_PEER, _checked)

    def report(self, host, text):
        connection = SSL.Connection(self.context, socket.socket())
        connection.connect((host, 4433))
        connection.sendall(text)


def old():
    context = SSL.Context(SSL.SSLv23_METHOD)
    context.set_options(SSL.OP_NO_SSLv2 | SSL.OP_NO_SSLv3 | SSL.OP_NO_TLSv1 | SSL.OP_NO_TLSv1_1)
    return context


def pinned():
    return SSL.Context(SSL.TLSv1_2_METHOD)


def chosen(method):
    return SSL.Context(method)
