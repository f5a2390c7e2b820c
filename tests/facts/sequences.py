"""Programs that make a context and change it, from the words of Python's table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from installed import table

USES = {
    "server": "context.wrap_socket(socket.socket(), server_side=True)",
    "client": "context.wrap_socket(socket.socket(), server_hostname='localhost')",
}


_GIVEN = (
    "",
    "cert_reqs=ssl.CERT_REQUIRED",
    "cert_reqs=ssl.CERT_REQUIRED, check_hostname=True",
    "purpose=ssl.Purpose.CLIENT_AUTH",
    "purpose=ssl.Purpose.CLIENT_AUTH, cert_reqs=ssl.CERT_REQUIRED",
)
_CLIENTS = ("TLS_CLIENT)", "create_default_context()", "SERVER_AUTH)", "_context(cert_reqs")
FOREIGN = {
    "server": (*_CLIENTS, "_create_unverified_context()", "_create_stdlib_context()"),
    "client": ("purpose=ssl.Purpose.CLIENT_AUTH",),
}
"""Contexts for the other side: of what they do here, the parser may say nothing."""


def _names(words: str) -> list[str]:
    """Return the constants of `ssl` among the words of a table."""
    return [name for name in table().words[words] if name.isidentifier() and "_" in name]


def constructors() -> list[str]:
    """Return all ways of making a context that the table knows."""
    protocols = ["", *(f"ssl.{name}" for name in _names("protocol"))]
    purposes = ["", *(f"ssl.Purpose.{name}" for name in _names("purpose"))]
    return [
        *(f"ssl.SSLContext({one})" for one in protocols),
        *(f"ssl.create_default_context({one})" for one in purposes),
        *(f"ssl.{name}({given})" for name in _names("factory") for given in _GIVEN),
    ]


def about_peers() -> list[str]:
    """Return assignments that decide whom a context lets in."""
    modes = ["0", "True", "ssl.VerifyMode.CERT_REQUIRED", *(f"ssl.{one}" for one in _names("mode"))]
    return [
        *(f"verify_mode = {mode}" for mode in modes),
        *(f"check_hostname = {flag}" for flag in (True, False)),
        *(f"post_handshake_auth = {flag}" for flag in (True, False)),
    ]


def about_versions() -> list[str]:
    """Return assignments that decide which versions a context speaks.

    What leaves a single version out (`OP_NO_TLSv1_1` alone) isn't told, and is left out here.
    """
    versions = [one for one in table().versions if one.startswith(("TLSv", "MIN"))]
    flags = [f"OP_NO_{one}" for one in ("TLSv1", "TLSv1_2", "TLSv1_3")]
    return [
        *(f"minimum_version = ssl.TLSVersion.{one}" for one in versions if one != "TLSv1_0"),
        "maximum_version = ssl.TLSVersion.TLSv1_2",
        *(f"options |= ssl.{one}" for one in flags),
        "options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1",
        "options &= ~ssl.OP_NO_TLSv1_2",
    ]


def programs(setters: Iterable[str], side: str, length: int = 2) -> Iterator[str]:
    """Yield programs with up to so many of the assignments, in every order, used on a side."""
    several = [line for count in range(length + 1) for line in product(setters, repeat=count)]
    for made, lines in product(constructors(), several):
        changed = "".join(f"context.{line}\n" for line in lines)
        yield f"import socket\nimport ssl\ncontext = {made}\n{changed}{USES[side]}\n"
