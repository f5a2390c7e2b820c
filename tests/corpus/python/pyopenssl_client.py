"""Uploads crash dumps with pyOpenSSL, which compares no names."""

import socket

from OpenSSL import SSL
from service_identity.pyopenssl import verify_hostname


def _dial(context, host):
    connection = SSL.Connection(context, socket.create_connection((host, 8443)))
    connection.set_tlsext_host_name(host.encode())
    connection.set_connect_state()
    connection.do_handshake()
    return connection


def unchecked(host, dump):
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)  # expect: MTLS404
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    _dial(context, host).sendall(dump)


def switched_off(host, dump):
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.set_verify(SSL.VERIFY_NONE, lambda conn, cert, error, depth, ok: ok)  # expect: MTLS401
    _dial(context, host).sendall(dump)


def checked(host, dump):
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.set_default_verify_paths()
    context.set_verify(SSL.VERIFY_PEER, lambda conn, cert, error, depth, ok: ok)
    connection = _dial(context, host)
    verify_hostname(connection, host)
    connection.sendall(dump)
