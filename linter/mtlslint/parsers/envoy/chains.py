"""A listener's filter chains, and what to call them."""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.model import Address
from mtlslint.parsers.envoy.address import Place, place
from mtlslint.parsers.envoy.discover import Resource
from mtlslint.source import Span
from mtlslint.yamltree.node import Node, Scalar, absent, get, items, literal, pair, spoken, text
from mtlslint.yamltree.spans import head_span, pair_span


class Chain(NamedTuple):
    """A filter chain: `part` tells it from its neighbours, `head` is its first line."""

    node: Node
    part: str
    head: Span


def chains_of(listener: Resource) -> list[Chain]:
    """Return a listener's filter chains; a sole one goes by the listener's name.

    Where that speaks plaintext, there's nothing but the listener to point to.
    """
    found = list(items(listener.node, "filter_chains"))
    default = get(listener.node, "default_filter_chain")
    if len(found) == 1 and default is None:
        plain = absent(found[0], "transport_socket", "tls_context")
        head = listener_head(listener) if plain else head_span(found[0], listener.path)
        return [Chain(found[0], "", head)]
    chains: list[Chain] = []
    taken: set[str] = set()
    for number, node in enumerate(found, 1):
        part = _part(node, number)
        if part in taken:
            part = f"{part}, chain {number}"
        taken.add(part)
        chains.append(Chain(node, part, head_span(node, listener.path)))
    if default is not None:
        chains.append(Chain(default, "default chain", head_span(default, listener.path)))
    return chains


def _part(node: Node, number: int) -> str:
    name = text(node, "name")
    if name:
        return f"chain {spoken(name)}"
    match = get(node, "filter_chain_match")
    for field in ("server_names", "sni_domains", "application_protocols"):
        named = [
            each.text
            for each in items(match, field)
            if isinstance(each, Scalar) and literal(each.text)
        ]
        if named:
            return f"chain for {' '.join(named[:3])}"
    protocol = text(match, "transport_protocol")
    return f"chain for {protocol}" if protocol else f"chain {number}"


def listener_head(listener: Resource) -> Span:
    """Return the line that stands for a listener: its name, else its first line."""
    name = pair(listener.node, "name")
    return pair_span(name, listener.path) if name else head_span(listener.node, listener.path)


def listener_name(listener: Resource) -> str:
    """Return what to call a listener."""
    if listener.name:
        return spoken(listener.name)
    at = places_of(listener)[0].address
    return f"{at.host or '?'}:{at.port}" if at.port else at.host or "without a name"


def places_of(listener: Resource) -> list[Place]:
    """Return where a listener can be reached."""
    if pair(listener.node, "internal_listener") or pair(listener.node, "api_listener"):
        return [Place(True)]
    return [
        place(get(listener.node, "address")),
        *(place(get(each, "address")) for each in items(listener.node, "additional_addresses")),
    ]


def address_of(listener: Resource) -> Address:
    """Return a listener's address for people."""
    return places_of(listener)[0].address


def passes_through(chain: Node) -> bool:
    """Whether a chain without a transport socket takes TLS connections as they come."""
    match = get(chain, "filter_chain_match")
    if (text(match, "transport_protocol") or "") == "tls":
        return True
    return any(
        isinstance(each, Scalar) and literal(each.text)
        for field in ("server_names", "sni_domains")
        for each in items(match, field)
    )
