"""Contexts of the feed handlers."""

import ssl
from pathlib import Path
from typing import Optional


def subscriber_context(ca: Optional[Path] = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # expect: MTLS201
    if ca is None:
        context.load_default_certs()
    else:
        context.load_verify_locations(ca)
    return context


def publisher_context(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # expect: MTLS201
    context.load_cert_chain(folder / "feed.pem", folder / "feed.key")
    context.load_verify_locations(folder / "subscribers.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def replay_context(folder: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=folder / "desk.pem")
    context.load_cert_chain(folder / "feed.pem", folder / "feed.key")
    context.verify_mode = ssl.CERT_REQUIRED
    return context
