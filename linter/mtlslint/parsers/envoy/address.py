"""Addresses: where a listener binds, where a cluster leads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from mtlslint.model import Address, Setting
from mtlslint.source import Span
from mtlslint.yamltree.node import Node, get, items, literal, snake, text

_LOOPBACK = re.compile(r"127(?:\.\d+){3}|(?:0*:)+0*1|(?:::ffff:)127(?:\.\d+){3}|localhost", re.I)
_IP = re.compile(r"\d+(?:\.\d+){3}|[0-9a-f:.]*:[0-9a-f:.]*(?:%\w+)?", re.I)
ANY = frozenset({"0.0.0.0", "::", "::0", "0:0:0:0:0:0:0:0"})


class Place(NamedTuple):
    """An address; `local` is None where it isn't known."""

    local: bool | None
    address: Address = Address()


UNKNOWN = Place(None)
INTERNAL = Place(True)
"""A listener of the same process, which carries bytes on to elsewhere."""


def place(node: Node | None, *, destination: bool = False, named: bool = False) -> Place:
    """Return where an `Address` message lies.

    As a destination the unspecified address is this host (Linux connects to loopback). Unless it
    may be `named`, an address that is no number stands for one that is filled in later.
    """
    socket = get(node, "socket_address")
    if socket is not None:
        host = text(socket, "address") or text(socket, "ipv4_compat")
        port = text(socket, "port_value") or ""
        number = int(port) if port.isdecimal() and len(port) < 6 else None
        local = _local(host, destination) if host and (named or _plain(host)) else None
        return Place(local, Address(_known(host), number))
    if get(node, "pipe") is not None:
        return Place(True, Address("unix"))
    if get(node, "envoy_internal_address") is not None:
        return INTERNAL
    return UNKNOWN


def loopback(host: str | None) -> bool:
    """Whether a host or network is this host alone."""
    return host is not None and _LOOPBACK.fullmatch(host) is not None


def _plain(host: str) -> bool:
    return host == "localhost" or _IP.fullmatch(host) is not None


def _known(host: str | None) -> str | None:
    return host if host and literal(host) else None


def _local(host: str | None, destination: bool) -> bool | None:
    if not host or not literal(host):
        return None
    if _LOOPBACK.fullmatch(host):
        return True
    return destination and host in ANY


def reach(places: Iterable[Place], span: Span, note: str) -> Setting:
    """Return the widest reach of several places, unknown with the note if that isn't known."""
    locals_ = [each.local for each in places]
    if any(local is False for local in locals_):
        return Setting("network", span)
    if not locals_ or None in locals_:
        return Setting(None, span, note=note)
    return Setting("local", span)


def located(assignment: Node | None, host: Node) -> Node | None:
    """Return a host's address; it may be given under a name beside the hosts."""
    name = text(host, "endpoint_name")
    if name:
        return get(assignment, "named_endpoints", snake(name), "address")
    return get(host, "endpoint", "address")


def hosts_of(assignment: Node | None) -> list[Node]:
    """Return the hosts of a `ClusterLoadAssignment`."""
    return [
        host
        for locality in items(assignment, "endpoints")
        for host in items(locality, "lb_endpoints")
    ]


def load_assignment(assignment: Node | None, hosts: list[Node], named: bool) -> list[Place]:
    """Return the places of hosts, which may be `named`."""
    return [place(located(assignment, host), destination=True, named=named) for host in hosts]
