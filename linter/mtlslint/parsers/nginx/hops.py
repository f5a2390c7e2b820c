"""The upstream side of a server: one client endpoint for each `*_pass`."""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.model import CLIENT, Address, Endpoint, Misuse, Origin, Setting, State
from mtlslint.parsers.nginx.ciphers import ciphers
from mtlslint.parsers.nginx.identity import identity_headers
from mtlslint.parsers.nginx.misuse import unused
from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.protocols import protocols
from mtlslint.parsers.nginx.roots import STREAM
from mtlslint.parsers.nginx.scope import Scope
from mtlslint.parsers.nginx.servers import Estate, Server
from mtlslint.parsers.nginx.upstream import PASSES, Pass, Peer, Upstreams, passes
from mtlslint.source import Span
from mtlslint.targets import Range


class Hop(NamedTuple):
    """A pass with what may be at its other end, each as one state."""

    directive_span: Span
    via: tuple[Span, ...]
    label: str
    address: Address
    states: tuple[State, ...]
    headers: Setting | None = None
    misuses: tuple[Misuse, ...] = ()
    places: tuple[Address, ...] = ()


def known_upstreams(estate: Estate, hosts: frozenset[str]) -> Upstreams:
    """Return where the passes of a level may lead; `hosts` are names known not to be upstreams."""
    level = (*estate.context.neighbours, *estate.http.directives)
    blocks = {
        each.args[0]: each
        for each in level
        if each.name == "upstream" and len(each.args) == 1 and each.block is not None
    }
    maps = {
        each.args[1].lstrip("$"): each
        for each in level
        if each.name == "map" and len(each.args) == 2 and each.block is not None
    }
    holes = any(each.hole or each.name == "include" for each in estate.http.directives)
    whole = not estate.context.assumed and not holes
    return Upstreams(blocks, maps, whole, hosts)


def hops(server: Server, known: Upstreams, target: Range, inward: frozenset[object]) -> list[Hop]:
    """Return the hops of a server; `inward` are the transports of its ways in (None: not known)."""
    found = []
    terminated = "tls" in inward
    scheme = "https" if inward == {"tls"} else "http" if inward == {"plaintext"} else ""
    for each in passes(server.scope):
        ssl = _proxy_ssl(each.scope) if server.kind == STREAM else False
        states = []
        places: list[Address] = []
        peers = known.peers(each, ssl, scheme)
        for peer in peers:
            if server.kind == STREAM and not terminated and ssl is False:
                peer = Peer(None, peer.local, peer.address, "bytes are passed on as they come")
            states.append(_state(each, peer, server, target))
            places += peer.members or (peer.address,)
        address = peers[0].address if len(peers) == 1 else Address()
        label = f"{each.directive.name} {each.directive.args[0]}"
        headers = identity_headers(each.scope, each.directive, known)
        span, via = each.directive.span, each.directive.via
        idle = tuple(unused(each, peers))
        found.append(Hop(span, via, label, address, tuple(states), headers, idle, tuple(places)))
    return found


def _proxy_ssl(scope: Scope) -> bool | None:
    found = scope.find("proxy_ssl")
    if not found.directives:
        return None if found.doubt else False
    word = found.last.args[0].lower() if found.last.args else ""
    return word == "on" if literal(word) and not found.last.fluid else None


def _state(found: Pass, peer: Peer, server: Server, target: Range) -> State:
    each = found.directive
    via = (*each.via, *(block.span for block in peer.via))
    value = None if peer.tls is None else "tls" if peer.tls else "plaintext"
    reach = None if peer.local is None else "local" if peer.local else "network"
    state: dict[str, Setting] = {
        "transport": Setting(value, each.span, via=via, note="" if value else peer.note),
        "reach": Setting(reach, each.span, via=via, note="" if reach else peer.note),
        "tier": Setting("proxy", each.span, via=each.via),
    }
    prefix = PASSES[each.name]
    if peer.tls and prefix:
        state.update(_tls(found, prefix, target))
    return state


def _tls(found: Pass, prefix: str, target: Range) -> State:
    scope, head = found.scope, found.directive.span
    chain = _verification(scope, prefix, found)
    low, high = protocols(scope, prefix, head, target)
    if low.origin is Origin.DEFAULT and low.value is not None:
        # What a hop ends up with is the upstream's choice: nobody's missing line on this side.
        low = low._replace(value=None, note=f"the upstream decides: {low.note}")
    state = {
        "peer_chain": chain,
        "peer_name": chain,
        "client_certificate": _certificate(scope, prefix, head),
        "min_version": low,
        "ciphers": ciphers(scope, prefix, head, low),
    }
    if high is not None:
        state["max_version"] = high
    return state


def _verification(scope: Scope, prefix: str, found: Pass) -> Setting:
    """`*_ssl_verify on` checks chain and name; a CA file alone checks nothing."""
    name = f"{prefix}ssl_verify"
    verify = scope.find(name)
    head = found.directive.span
    if scope.find(f"{prefix}ssl_verify_by_lua_block").directives:
        return Setting(None, head, note="a Lua program decides")
    if verify.directives:
        last = verify.last
        word = last.args[0].lower() if last.args else ""
        value = {"on": "verified", "off": "unverified"}.get(word)
        if last.fluid or value is None:
            return Setting(None, last.span, verify.origin, via=last.via, note="set by a template")
        return Setting(value, last.span, verify.origin, via=last.via)
    if verify.doubt:
        return Setting(None, head, Origin.DEFAULT, note=verify.doubt)
    note = f"nginx checks no upstream certificate unless `{name}` is on"
    return Setting("unverified", head, Origin.DEFAULT, via=found.directive.via, note=note)


def _certificate(scope: Scope, prefix: str, head: Span) -> Setting:
    found = scope.find(f"{prefix}ssl_certificate")
    if found.directives and found.last.when and not literal(found.last.args[0]):
        return Setting(
            None, found.last.span, found.origin, note="only if the template is given one"
        )
    if found.directives:
        return Setting("presented", found.last.span, found.origin, via=found.last.via)
    if found.doubt:
        return Setting(None, head, Origin.DEFAULT, note=found.doubt)
    return Setting("absent", head, Origin.DEFAULT)


def client_endpoint(identity: str, name: str, hop: Hop) -> Endpoint:
    """Return a hop as the model's endpoint."""
    endpoint = Endpoint(
        identity, name, "nginx", CLIENT, hop.directive_span, hop.states, hop.address
    )
    known = tuple(dict.fromkeys(place for place in hop.places if place != Address()))
    return endpoint._replace(places=known if len(known) > 1 else ())
