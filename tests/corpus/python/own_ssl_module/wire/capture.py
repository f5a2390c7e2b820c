"""Turns records of a capture into contexts."""

from . import ssl
from .ssl import CERT_OPTIONAL, SSLContext

REQUEST = 13


def server_side(records):
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    for record in records:
        if record.kind == REQUEST:
            context.verify_mode = CERT_OPTIONAL
            context.load_verify_locations(record.authorities)
    return context


def client_side(records):
    context = ssl._create_unverified_context()
    context.minimum_version = ssl.PROTOCOL_SSLv3
    return context


def blank():
    return SSLContext(protocol=ssl.PROTOCOL_TLS)
