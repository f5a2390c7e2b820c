"""Listeners: the server side of Envoy, one endpoint for each filter chain."""

from __future__ import annotations

from mtlslint.model import SERVER, Endpoint, Origin, Setting
from mtlslint.parsers.envoy.address import loopback, reach
from mtlslint.parsers.envoy.authentication import client_authentication
from mtlslint.parsers.envoy.chains import (
    Chain,
    address_of,
    listener_head,
    passes_through,
    places_of,
)
from mtlslint.parsers.envoy.discover import Resource
from mtlslint.parsers.envoy.guards import Guard, guard_of
from mtlslint.parsers.envoy.index import Index
from mtlslint.parsers.envoy.logs import identity_log
from mtlslint.parsers.envoy.refusals import QUIC_CLIENT_AUTH
from mtlslint.parsers.envoy.seen import told
from mtlslint.parsers.envoy.sockets import Socket, of_side, socket_of
from mtlslint.parsers.envoy.validation import Validation, validation_of
from mtlslint.parsers.envoy.versions import ciphers, maximum, minimum
from mtlslint.source import Span
from mtlslint.targets import Range
from mtlslint.yamltree.node import Scalar, absent, get, items, pair, text, truth
from mtlslint.yamltree.spans import pair_span

Settings = dict[str, Setting]


def chain_socket(chain: Chain, listener: Resource) -> Socket:
    """Return what a chain speaks."""
    socket = socket_of(chain.node, chain.head, listener.path)
    socket = of_side(socket, "DownstreamTlsContext")
    if socket.transport == "plaintext" and passes_through(chain.node):
        return socket._replace(transport=None, note="TLS is passed on as it comes")
    return socket


def chain_endpoint(
    chain: Chain,
    listener: Resource,
    socket: Socket,
    identity: str,
    name: str,
    content: frozenset[str],
    index: Index,
    target: Range,
) -> Endpoint:
    """Return a chain as the model's endpoint."""
    head = listener_head(listener)
    state: Settings = {
        "transport": Setting(socket.transport, socket.head, note=socket.note),
        "reach": _reach(chain, listener, head),
        "tier": Setting("proxy", head),
    }
    if socket.transport in ("tls", "either"):
        checks = validation_of(socket.context, listener, index)
        state.update(_tls(socket, checks, listener, target))
        _demand(state, chain, listener, index)
        if state["client_auth"].value != "none":
            state["identity_log"] = identity_log(chain.node, listener, socket.head)
    address = address_of(listener)
    return Endpoint(identity, name, "envoy", SERVER, chain.head, (state,), address, content=content)


def _reach(chain: Chain, listener: Resource, head: Span) -> Setting:
    """Return from where a chain can be reached: a match may take local connections alone."""
    match = get(chain.node, "filter_chain_match")
    if (text(match, "source_type") or "").upper() in ("SAME_IP_OR_LOOPBACK", "1"):
        return Setting("local", head)
    ranges = items(match, "source_prefix_ranges")
    if ranges and all(loopback(text(each, "address_prefix")) for each in ranges):
        return Setting("local", head)
    return reach(places_of(listener), head, "the listener's address is not known")


def _tls(socket: Socket, checks: Validation, listener: Resource, target: Range) -> Settings:
    path = listener.path
    low = minimum(socket, True, path, target)
    state = client_authentication(socket, checks, path)
    auth = state["client_auth"]
    if socket.quic is not None and auth.value == "optional" and target.low < QUIC_CLIENT_AUTH:
        note = "Envoy asks for no client certificate over QUIC"
        state["client_auth"] = Setting("none", auth.span, auth.origin, auth.via, note)
        state.pop("client_chain", None)
    state["min_version"] = low
    state["max_version"] = maximum(socket, True, path)
    state["ciphers"] = ciphers(socket, path, low)
    settled = checks.present and target.low >= QUIC_CLIENT_AUTH
    state["early_data"] = _early_data(socket, path, not settled)
    if checks.sees_all and state["client_auth"].value != "none":
        crl = None if checks.spiffe else checks.crl  # that validator heeds none
        origin = Origin.EXPLICIT if crl else Origin.DEFAULT
        state["revocation"] = Setting("crl" if crl else "none", crl or socket.head, origin)
    if checks.depth and isinstance(checks.depth.pair.value, Scalar):
        word = checks.depth.pair.value.text
        number = int(word) if word.isdecimal() and len(word) < 9 else None
        note = "" if number is not None else "no number by itself"
        state["verify_depth"] = Setting(number, checks.depth.span, note=note)
    return state


def _early_data(socket: Socket, path: str, by_default: bool) -> Setting:
    """0-RTT is QUIC's alone; it needs resumption."""
    if socket.quic is None:
        return Setting("off", socket.head, Origin.DEFAULT)
    resumption = pair(socket.quic, "enable_resumption")
    if resumption and truth(resumption.value) is False:
        return Setting("off", pair_span(resumption, path))
    found = pair(socket.quic, "enable_early_data")
    if not found and not by_default:
        return Setting("off", socket.head, Origin.DEFAULT)
    if not found:
        if not absent(socket.quic, "enable_early_data"):
            return Setting(None, socket.head, note="a template decides")
        return Setting("on", socket.head, Origin.DEFAULT, note="Envoy's default over QUIC")
    value = truth(found.value)
    span = pair_span(found, path)
    if value is None:
        return Setting(None, span, note="set by a template")
    return Setting("on" if value else "off", span)


def _demand(state: Settings, chain: Chain, listener: Resource, index: Index) -> None:
    """Let a filter that demands a certificate make an optional one required."""
    auth = state["client_auth"]
    if auth.value not in ("optional", "required"):
        return
    guard = guard_of(chain.node, listener, index)
    chain_setting = state.get("client_chain")
    if guard and guard.lists and chain_setting and chain_setting.value == "unverified":
        note = "a filter lets in the certificates alone that a service lists"
        state["client_chain"] = chain_setting._replace(value=None, note=note)
    if guard and guard.names:
        _identified(state, guard)
    elif state["client_identity"].value == "unchecked" and (who := told(chain.node)):
        note = f"who the client is goes on to {who}, which may check it"
        state["client_identity"] = state["client_identity"]._replace(value=None, note=note)
    if not guard or auth.value == "required":
        return
    if guard.note:
        state["client_auth"] = Setting(None, auth.span, auth.origin, note=guard.note)
        return
    via: tuple[Span, ...] = (*auth.via, guard.span)
    state["client_auth"] = Setting("required", auth.span, auth.origin, via)


def _identified(state: Settings, guard: Guard) -> None:
    identity = state["client_identity"]
    if identity.value == "unchecked" and guard.note:
        state["client_identity"] = identity._replace(value=None, note=guard.note)
    elif identity.value == "unchecked":
        state["client_identity"] = Setting("checked", guard.span)
