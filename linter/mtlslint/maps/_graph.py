"""Servers, hops and apps as a graph, each way marked by what protects it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from mtlslint.engine import Result
from mtlslint.model import SERVER, Document, Endpoint, Link, State
from mtlslint.settle import within

OUTSIDE = "network"
"""The id of whoever connects from outside."""


class Protection(str, Enum):
    """What protects the traffic on a way, the weakest first."""

    PLAINTEXT = "plaintext"
    UNVERIFIED = "TLS unverified"
    UNKNOWN = "unknown"
    VERIFIED = "TLS verified"
    MUTUAL = "mutual TLS"
    ONE_SIDED = "TLS"


class Spot(NamedTuple):
    """A server, or what a hop leads to. `label` is for people; `held`: the project has it."""

    id: str
    label: str
    held: bool = True


class Way(NamedTuple):
    """Traffic from one spot to another; `note` says what else is known of it."""

    source: str
    target: str
    protection: Protection
    note: str = ""


class Graph(NamedTuple):
    """All spots and ways, in the order of their places in the files."""

    spots: tuple[Spot, ...]
    ways: tuple[Way, ...]


def graph(result: Result, report: list[str] | None = None) -> Graph:
    """Return what a check knows of the hops; `report` are the paths that are asked for."""
    document = result.document
    ends = {each.id: each for each in document.endpoints if not each.test_code}
    shown = {
        id_
        for id_, each in ends.items()
        if each.side == SERVER and within(result.sources.outward(each.head).path, report)
    }
    ways = tuple(dict.fromkeys(_ways(document, ends, shown)))
    named = {way.target for way in ways} | {way.source for way in ways}
    spots = [Spot(OUTSIDE, "network", held=False)] if OUTSIDE in named else []
    servers = sorted(
        (ends[id_] for id_ in named if id_ in ends), key=lambda each: (each.head, each.id)
    )
    spots += [
        Spot(each.id, each.name if each.side == SERVER else _far(each), each.side == SERVER)
        for each in servers
    ]
    return Graph(tuple(spots), ways)


def _ways(document: Document, ends: dict[str, Endpoint], shown: set[str]) -> Iterator[Way]:
    linked: dict[tuple[str, str], list[Link]] = {}
    for link in document.links:
        linked.setdefault((link.server, link.client), []).append(link)
    behind = {link.app for link in document.links if not link.around}
    for id_ in sorted(shown, key=lambda id_: (ends[id_].head, id_)):
        if id_ not in behind:
            yield Way(OUTSIDE, id_, _inward(ends[id_].states), _remark(ends[id_]))
    for route in document.routes:
        if route.server not in shown or route.client not in ends:
            continue
        protection = _outward(ends[route.client].states)
        found = linked.get((route.server, route.client), [])
        for link in found:
            yield Way(route.server, link.app, protection, "" if link.certain else "likely")
        if not found:
            yield Way(route.server, route.client, protection)


def _far(client: Endpoint) -> str:
    """Return what a hop leads to that the project doesn't hold."""
    places = [
        f"{each.host}:{each.port}" if each.port else str(each.host)
        for each in client.addresses
        if each.host
    ]
    return ", ".join(places) or client.name


def _remark(server: Endpoint) -> str:
    """Return what else there is to say of a way in."""
    if {_value(state, "reach") for state in server.states} == {"local"}:
        return "this host only"
    optional = any(_value(state, "client_auth") == "optional" for state in server.states)
    return "client certificate optional" if optional else ""


def _value(state: State, name: str) -> object:
    setting = state.get(name)
    return setting.value if setting else None


def _weakest(found: Iterable[Protection]) -> Protection:
    order = list(Protection)
    return min(found, key=order.index, default=Protection.UNKNOWN)


def _inward(states: Iterable[State]) -> Protection:
    """Return what protects those who connect to a server."""
    return _weakest(map(_of_server, states))


def _of_server(state: State) -> Protection:
    transport = _value(state, "transport")
    if transport in ("plaintext", "either"):
        return Protection.PLAINTEXT
    if transport != "tls":
        return Protection.UNKNOWN
    mutual = _value(state, "client_auth") == "required"
    return Protection.MUTUAL if mutual else Protection.ONE_SIDED


def _outward(states: Iterable[State]) -> Protection:
    """Return what protects a hop."""
    return _weakest(map(_of_client, states))


def _of_client(state: State) -> Protection:
    transport = _value(state, "transport")
    if transport != "tls":
        return Protection.PLAINTEXT if transport == "plaintext" else Protection.UNKNOWN
    checks = {_value(state, "peer_chain"), _value(state, "peer_name")}
    if "unverified" in checks:
        return Protection.UNVERIFIED
    if checks != {"verified"}:
        return Protection.UNKNOWN
    presented = _value(state, "client_certificate") == "presented"
    return Protection.MUTUAL if presented else Protection.VERIFIED
