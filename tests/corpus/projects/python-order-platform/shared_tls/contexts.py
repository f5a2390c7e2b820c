"""Contexts for both sides."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from .modes import STRICT


@dataclass(frozen=True)
class TLSFiles:
    ca: str = "/tls/ca.crt"
    cert: str = "/tls/tls.crt"
    key: str = "/tls/tls.key"


def server_context(files: TLSFiles = TLSFiles()) -> ssl.SSLContext:
    """Clients show a certificate of the platform's CA."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.cert, files.key)
    context.load_verify_locations(files.ca)
    context.verify_mode = STRICT
    return context


def client_context(files: TLSFiles = TLSFiles()) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=files.ca)
    context.load_cert_chain(files.cert, files.key)
    return context
