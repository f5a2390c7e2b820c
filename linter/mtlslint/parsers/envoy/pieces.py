"""TLS contexts that are merged into something out of sight: only what they say in writing holds."""

from __future__ import annotations

from mtlslint.model import CLIENT, SERVER, Endpoint, Origin, Setting
from mtlslint.parsers.envoy.authentication import client_authentication
from mtlslint.parsers.envoy.discover import Resource
from mtlslint.parsers.envoy.identity import mode_of
from mtlslint.parsers.envoy.index import Index
from mtlslint.parsers.envoy.messages import message
from mtlslint.parsers.envoy.peer import peer_verification
from mtlslint.parsers.envoy.sockets import Socket
from mtlslint.parsers.envoy.validation import validation_of
from mtlslint.parsers.envoy.versions import ciphers, minimum
from mtlslint.source import Span
from mtlslint.targets import Range
from mtlslint.yamltree.node import pair
from mtlslint.yamltree.spans import head_span, pair_span

Settings = dict[str, Setting]


def piece_head(piece: Resource) -> Span:
    """Return the line that stands for a piece: its type."""
    found = message(piece.node)
    return pair_span(found.head, piece.path) if found.head else head_span(piece.node, piece.path)


def forwarded(piece: Resource) -> Setting | None:
    """Return that a connection manager keeps what clients write about themselves, if it does."""
    found = pair(message(piece.node).fields, "forward_client_cert_details")
    if not found or mode_of(found) != "ALWAYS_FORWARD_ONLY":
        return None
    return Setting("forwarded", pair_span(found, piece.path))


def unseen_server(piece: Resource, identity: str, name: str) -> Endpoint:
    """Return the server that a piece is merged into, of which nothing is known."""
    head = piece_head(piece)
    state = {each: Setting(None, head, note=_NOTE) for each in ("transport", "reach")}
    return Endpoint(identity, name, "envoy", SERVER, head, (state,))


_NOTE = "where it is merged into is not in sight"


def piece_endpoint(
    piece: Resource, identity: str, name: str, index: Index, target: Range
) -> Endpoint | None:
    """Return what a TLS context decides by itself, None if that's nothing."""
    found = message(piece.node)
    head = piece_head(piece)
    socket = Socket("tls", head, found.fields, old=".v2." in found.type)
    server = found.kind == "DownstreamTlsContext"
    decided = _server(socket, piece, index) if server else _client(socket, piece, index)
    low = minimum(socket, server, piece.path, target)
    for word, made in (("min_version", low), ("ciphers", ciphers(socket, piece.path, low))):
        if made.origin is Origin.EXPLICIT and made.known:
            decided[word] = made
    if not decided:
        return None
    state = {
        "transport": Setting("tls", head),
        "reach": Setting(None, head, note=_NOTE),
        "tier": Setting("proxy", head),
        **decided,
    }
    return Endpoint(identity, name, "envoy", SERVER if server else CLIENT, head, (state,))


def _server(socket: Socket, piece: Resource, index: Index) -> Settings:
    """Return what is loosened in writing; what is missing may be elsewhere."""
    made = client_authentication(socket, validation_of(socket.context, piece, index), piece.path)
    auth, chain = made["client_auth"], made.get("client_chain")
    if chain and chain.value == "unverified":
        return {"client_auth": auth, "client_chain": chain}
    if auth.value == "optional" and auth.origin is Origin.EXPLICIT:
        return {"client_auth": auth}
    return {}


def _client(socket: Socket, piece: Resource, index: Index) -> Settings:
    checks = validation_of(socket.context, piece, index)
    chain = peer_verification(piece, socket, checks)["peer_chain"]
    loosened = chain.value == "unverified" and chain.origin is Origin.EXPLICIT
    return {"peer_chain": chain} if loosened else {}
