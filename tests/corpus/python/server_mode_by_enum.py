"""Depot servers: the mode as enum member, by number, by name and by table."""

import socket
import ssl

MODES = {"guests": ssl.CERT_OPTIONAL, "staff": ssl.CERT_REQUIRED}


def _context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain("depot.pem")
    context.load_verify_locations("badges.pem")
    return context


def by_member():
    context = _context()
    context.verify_mode = ssl.VerifyMode.CERT_OPTIONAL  # expect: MTLS101
    return serve(context, 1)


def by_call():
    context = _context()
    context.verify_mode = ssl.VerifyMode(1)  # expect: MTLS101
    return serve(context, 2)


def by_name():
    context = _context()
    context.verify_mode = ssl.VerifyMode["CERT_OPTIONAL"]  # expect: MTLS101
    return serve(context, 3)


def by_table():
    context = _context()
    context.verify_mode = MODES["guests"]  # expect: MTLS101
    return serve(context, 4)


def by_table_staff():
    context = _context()
    context.verify_mode = MODES["staff"]
    return serve(context, 5)


def by_getattr():
    context = _context()
    context.verify_mode = getattr(ssl, "CERT_REQUIRED")
    return serve(context, 6)


def by_setattr():
    context = _context()
    setattr(context, "verify_mode", ssl.CERT_REQUIRED)
    return serve(context, 7)


def serve(context, number):
    listener = socket.create_server(("0.0.0.0", 7000 + number))
    return context.wrap_socket(listener, server_side=True)
