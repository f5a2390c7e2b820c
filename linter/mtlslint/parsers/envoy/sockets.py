"""Transport sockets: plaintext or TLS, however deeply wrapped."""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.parsers.envoy.messages import last_component, message
from mtlslint.source import Span
from mtlslint.yamltree.node import Mapping, Node, Pair, absent, get, pair, text
from mtlslint.yamltree.spans import head_span, pair_span

_WRAPPED_LIMIT = 8
_TLS = ("DownstreamTlsContext", "UpstreamTlsContext")
_PLAIN_NAMES = ("raw_buffer", "envoy.transport_sockets.raw_buffer")
_TLS_NAMES = ("tls", "envoy.transport_sockets.tls")


class Socket(NamedTuple):
    """What a socket speaks: `transport` is None where that isn't known, with the reason.

    `context` is its TLS context; `head` the line that stands for it. `quic` is the QUIC transport
    around the context. `old`: written for the v2 API. `kind`: what the context says that it is.
    """

    transport: str | None
    head: Span
    context: Node | None = None
    note: str = ""
    quic: Node | None = None
    old: bool = False
    kind: str = ""


def of_side(socket: Socket, kind: str) -> Socket:
    """Return a socket, unknown if its context is the other side's: Envoy refuses that."""
    if socket.kind in ("", kind):
        return socket
    return Socket(None, socket.head, note=f"Envoy takes a {kind} here, and not a {socket.kind}")


def socket_of(owner: Node, plain_head: Span, path: str) -> Socket:
    """Return the socket of a filter chain, a cluster, or a match of transport sockets."""
    legacy = pair(owner, "tls_context")
    if legacy:
        return Socket("tls", pair_span(legacy, path), legacy.value, old=True)
    found = get(owner, "transport_socket")
    if found is None:
        if not absent(owner, "transport_socket", "tls_context"):
            return Socket(None, plain_head, note="a template decides")
        return Socket("plaintext", plain_head)
    return _unwrap(found, path)


def _unwrap(node: Node, path: str) -> Socket:
    for _ in range(_WRAPPED_LIMIT):
        config = get(node, "typed_config")
        head = _head(node, path)
        if config is None:
            return _untyped(node, head, path)
        found = message(config)
        inner = get(found.fields, "transport_socket")
        if inner is None:
            return _typed(found.kind, found.type, found.fields, head)
        node = inner
    return Socket(None, head_span(node, path), note="wrapped too deeply")


def _head(node: Node, path: str) -> Span:
    found: Pair | None = message(get(node, "typed_config")).head
    return pair_span(found, path) if found else head_span(node, path)


def _typed(kind: str, url: str, fields: Node | None, head: Span) -> Socket:
    old = ".v2." in url
    if kind in _TLS:
        return Socket("tls", head, fields, old=old, kind=kind)
    if kind == "QuicDownstreamTransport":
        return Socket("tls", head, _context(fields, "downstream_tls_context"), quic=fields)
    if kind == "QuicUpstreamTransport":
        return Socket("tls", head, _context(fields, "upstream_tls_context"), quic=fields)
    if kind in ("StartTlsConfig", "UpstreamStartTlsConfig"):
        # Begins in plaintext; whether it is ever upgraded is up to a filter.
        return Socket("either", head, _context(fields, "tls_socket_config"), old=old)
    if kind == "RawBuffer":
        return Socket("plaintext", head)
    return Socket(None, head, note=f"a transport socket of type {kind or 'unknown'}")


def _context(fields: Node | None, name: str) -> Node | None:
    return get(fields, name)


def _untyped(node: Node, head: Span, path: str) -> Socket:
    """A socket as the v2 API had it: known by its name, settings under `config`."""
    name = text(node, "name") or ""
    config = pair(node, "config")
    if name in _PLAIN_NAMES:
        return Socket("plaintext", head)
    if name in _TLS_NAMES and config and isinstance(config.value, Mapping):
        return Socket("tls", pair_span(config, path), config.value, old=True)
    return Socket(None, head, note=f"the transport socket '{last_component(name) or name}'")
