"""`listen`, and what the servers of one configuration share on a socket.

`ssl` belongs to the address and port, not to the server: one `listen ... ssl` makes every server
there speak TLS. The default server is the one that says so, else the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.tree import Directive

LOOPBACK = re.compile(
    r"127(?:\.\d+){1,3}$|localhost\.?$|\[?::1\]?$|\[?::ffff:127[\d.]+\]?$"
    r"|.*\.localhost$"
)


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be this host."""
    return LOOPBACK.match(host.lower()) is not None


class Listen(NamedTuple):
    """One way into a server; `directive` is None where nginx listens on port 80 by default.

    `host` is "" for any address. `ssl` is None where a template decides.
    """

    directive: Directive | None
    host: str
    port: int | None
    unix: bool = False
    ssl: bool | None = False
    quic: bool = False
    default: bool = False
    text: str = "80"

    @property
    def key(self) -> str:
        """What tells sockets apart."""
        where = f"{self.host}:{self.port}" if self.port is not None else self.text
        return ("udp " if self.quic else "") + where

    @property
    def local(self) -> bool | None:
        """Whether only this host can reach it; None if that isn't known."""
        if self.unix or is_loopback(self.host):
            return True
        if not literal(self.host):
            return None
        if self.port is None and not literal(self.text) and "." not in self.text:
            # `${PORT}` is a port as a rule, but `${LISTEN}` may hold an address.
            return None if re.search(r"(?i)listen|addr|bind|host", self.text) else False
        return False


def listens(server: tuple[Directive, ...], kind: str) -> list[Listen]:
    """Return the ways into a server, one for each `listen`."""
    found = [
        parse_listen(each)
        for each in server
        if each.name == "listen" and each.args and not each.ghost
    ]
    if not found and kind == "http" and not any(each.name == "listen" for each in server):
        return [Listen(None, "", 80)]
    return found


def parse_listen(directive: Directive) -> Listen:
    """Return what one `listen` says."""
    address, options = directive.args[0], [arg.lower() for arg in directive.args[1:]]
    ssl: bool | None = "ssl" in options
    if not ssl and (directive.fluid or any(not literal(option) for option in options)):
        ssl = None
    unix = address.lower().startswith("unix:")
    host, port = ("", None) if unix else split_host(address)
    return Listen(
        directive,
        "" if host in ("*", "0.0.0.0") else host.lower(),
        80 if port is None and not unix and literal(address) else port,
        unix,
        ssl,
        "quic" in options,
        "default_server" in options or "default" in options,
        address,
    )


_BRACKETED = re.compile(r"(\[[^\]]*\])(?::(.*))?$")


def split_host(address: str) -> tuple[str, int | None]:
    """Return host ("" if there's none) and port of `host:port`, `[v6]:port`, `port` or `host`."""
    if address.isdigit():
        return "", int(address[:6])
    if bracketed := _BRACKETED.match(address):
        host, port = bracketed[1], bracketed[2] or ""
    else:
        host, separator, port = address.rpartition(":")
        if not separator:
            return (address, None) if literal(address) else ("", None)
    return host, int(port[:6]) if port.isdigit() and port.isascii() else None


class Seat(NamedTuple):
    """A server's place on a socket: its number among the servers, and its `listen`."""

    server: int
    listen: Listen


class Socket(NamedTuple):
    """All servers of a configuration on one address and port, in the order of the files."""

    seats: tuple[Seat, ...]
    ssl: bool | None

    @property
    def default(self) -> int:
        """The number of the default server."""
        for seat in self.seats:
            if seat.listen.default:
                return seat.server
        return self.seats[0].server


def sockets(seats: Iterable[tuple[Seat, bool | None]]) -> dict[str, Socket]:
    """Return the sockets by key; with each seat comes whether its server makes it TLS."""
    grouped: dict[str, list[tuple[Seat, bool | None]]] = {}
    for seat, ssl in seats:
        grouped.setdefault(seat.listen.key, []).append((seat, ssl))
    result = {}
    for key, group in grouped.items():
        values = [ssl for _, ssl in group]
        ssl = True if True in values else None if None in values else False
        result[key] = Socket(tuple(seat for seat, _ in group), ssl)
    return result
