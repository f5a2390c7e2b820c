"""Starts the motors softly."""

from . import ssl
from .ssl import CERT_NONE, SSLContext


def soft(motor):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return ssl.wrap_socket(motor, server_side=True)


def hard(motor):
    context = SSLContext()
    context.verify_mode = CERT_NONE
    return motor, context
