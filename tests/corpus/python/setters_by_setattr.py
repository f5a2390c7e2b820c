"""Depot servers: settings by setattr, from a table."""

import socket
import ssl

STRICT = {"verify_mode": ssl.CERT_REQUIRED, "minimum_version": ssl.TLSVersion.TLSv1_2}


def _context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("depot.pem")
    context.load_verify_locations("badges.pem")
    return context


def by_table():
    context = _context()
    for name, value in STRICT.items():
        setattr(context, name, value)
    return serve(context, 1)


def serve(context, number):
    listener = socket.create_server(("0.0.0.0", 7000 + number))
    return context.wrap_socket(listener, server_side=True)
