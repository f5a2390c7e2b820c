"""Loom controllers: callbacks of pyOpenSSL, and what each returns."""

import socket

from OpenSSL import SSL

REQUIRED = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT


def _context():
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.use_certificate_file("loom.pem")
    context.use_privatekey_file("loom.key")
    context.load_verify_locations("looms.pem")
    return context


def by_lambda():
    context = _context()
    context.set_verify(REQUIRED, lambda *args: True)  # expect: MTLS102
    return serve(context, 1)


def by_verdict():
    context = _context()
    context.set_verify(REQUIRED, lambda conn, cert, error, depth, ok: ok)
    return serve(context, 2)


def without_callback():
    context = _context()
    context.set_verify(REQUIRED)
    return serve(context, 3)


def never():
    context = SSL.Context(SSL.TLS_SERVER_METHOD)  # expect: MTLS103
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.use_certificate_file("loom.pem")
    context.use_privatekey_file("loom.key")
    return serve(context, 4)


def old():
    context = SSL.Context(SSL.TLSv1_METHOD)  # expect: MTLS202
    context.use_certificate_file("loom.pem")
    context.use_privatekey_file("loom.key")
    context.load_verify_locations("looms.pem")
    context.set_verify(REQUIRED)
    return serve(context, 5)


def serve(context, number):
    listener = SSL.Connection(context, socket.socket())
    listener.bind(("0.0.0.0", 6000 + number))
    listener.listen(3)
    return listener
