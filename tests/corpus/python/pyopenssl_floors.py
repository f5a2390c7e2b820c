"""Newswire on pyOpenSSL: methods of any version set no minimum."""

import socket

from OpenSSL import SSL


class Feed:
    def __init__(self, host, authority):
        self.host = host
        self.context = SSL.Context(SSL.SSLv23_METHOD)  # expect: MTLS201
        self.context.set_options(SSL.OP_NO_SSLv2 | SSL.OP_NO_SSLv3)
        self.context.load_verify_locations(authority)
        self.context.set_verify(SSL.VERIFY_PEER, lambda conn, cert, error, depth, ok: ok)

    def connect(self):
        connection = SSL.Connection(self.context, socket.socket())
        connection.connect((self.host, 4433))
        return connection


def careless(host):
    context = SSL.Context(SSL.TLS_METHOD)  # expect: MTLS201, MTLS404
    context.set_cipher_list(b"ALL:@SECLEVEL=0")  # expect: MTLS203
    connection = SSL.Connection(context, socket.create_connection((host, 4433)))
    connection.set_connect_state()
    return connection


def helper():
    return SSL.Context(SSL.TLS_METHOD)  # expect: MTLS201


class Desk:
    def __init__(self):
        self.context = SSL.Context(SSL.TLS_METHOD)
        self.context.set_options(SSL.OP_NO_SSLv2 | SSL.OP_NO_SSLv3)
        self.context.set_options(SSL.OP_NO_TLSv1 | SSL.OP_NO_TLSv1_1)
        self.context.use_certificate_chain_file("desk.pem")
        self.context.load_verify_locations("reporters.pem")
        flags = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT
        self.context.set_verify(flags, lambda conn, cert, error, depth, ok: ok)

    def run(self):
        server = SSL.Connection(self.context, socket.socket())
        server.bind(("", 4433))
        server.listen(5)
        return server.accept()
