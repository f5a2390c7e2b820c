"""Whom a cluster believes to be its upstream: the chain, and the name that is compared.

`sni` alone checks nothing (envoy default_validator.cc); the matchers of a validation context do,
and what Envoy compares by itself where it is told to.
"""

from __future__ import annotations

from mtlslint.model import Origin, Setting
from mtlslint.parsers.envoy.discover import Resource
from mtlslint.parsers.envoy.kinds import cluster_head, cluster_kind
from mtlslint.parsers.envoy.messages import message
from mtlslint.parsers.envoy.sockets import Socket
from mtlslint.parsers.envoy.validation import Validation
from mtlslint.source import Span
from mtlslint.yamltree.node import Mapping, Node, Pair, get, is_open, pair, text, truth, walk
from mtlslint.yamltree.spans import pair_span

Settings = dict[str, Setting]

_LENIENT = "allow_insecure_cluster_options"


def peer_verification(cluster: Resource, socket: Socket, checks: Validation) -> Settings:
    """Return peer_chain and peer_name of an upstream TLS context."""
    head = socket.head
    if checks.untrusted:
        off = Setting("unverified", checks.untrusted, via=checks.via)
        return {"peer_chain": off, "peer_name": off}
    if checks.spiffe:
        sure = Setting("verified", checks.custom_span or head)
        return {"peer_chain": sure, "peer_name": sure}
    if checks.custom:
        vague = Setting(None, checks.custom_span or head, note="a validator of its own decides")
        return {"peer_chain": vague, "peer_name": vague}
    anchors = checks.anchors
    at = anchors.key if anchors else checks.pins
    if checks.refused or (not at and not checks.sees_all):
        note = checks.note or "Envoy does not start with this without a trusted CA"
        vague = Setting(None, checks.at or head, note=note)
        return {"peer_chain": vague, "peer_name": vague}
    if not at:
        note = "Envoy verifies no upstream certificate without a trusted CA"
        off = Setting("unverified", head, Origin.DEFAULT, note=note)
        return {"peer_chain": off, "peer_name": off}
    chain = Setting("verified", at, via=checks.via)
    return {"peer_chain": chain, "peer_name": _name(cluster, socket, checks, at)}


def _name(cluster: Resource, socket: Socket, checks: Validation, at: Span) -> Setting:
    """Return whether the name is checked; `sni` alone checks nothing."""
    found = checks.names or checks.pins
    if found:
        return Setting("verified", found, via=checks.via)
    automatic = _automatic(cluster, socket)
    if automatic:
        return automatic
    if not checks.sees_all:
        return Setting(None, checks.at or at, note=checks.note)
    return Setting("unverified", at, via=checks.via)


def _automatic(cluster: Resource, socket: Socket) -> Setting | None:
    """Return what Envoy compares the name with by itself, SNI or host; None if with nothing."""
    context, path = socket.context, cluster.path
    options = _http_options(cluster)
    by_sni = pair(context, "auto_sni_san_validation")
    if by_sni and truth(by_sni.value) is not False:
        by_host = any(_switched(each, "auto_sni") for each in options)
        if text(context, "sni") or _switched(context, "auto_host_sni") or by_host:
            return Setting("verified", pair_span(by_sni, path))
    for each in options:
        compared = _switched(each, "auto_san_validation")
        if compared:
            return Setting("verified", pair_span(compared, path))
    if cluster_kind(cluster) == "DYNAMIC_FORWARD_PROXY":
        # It compares by itself, and refuses options that don't, unless it is told to take them.
        lenient = [each for each in walk(cluster.node) if each.name == _LENIENT]
        if not options or not any(truth(each.value) for each in lenient):
            return Setting("verified", cluster_head(cluster))
    typed = get(cluster.node, "typed_extension_protocol_options")
    if is_open(typed) or is_open(context):
        return Setting(None, socket.head, note="a template decides whether the name is checked")
    return None


def _switched(node: Node | None, name: str) -> Pair | None:
    """Return a switch that is on, or may be."""
    found = pair(node, name)
    return found if found and truth(found.value) is not False else None


def _http_options(cluster: Resource) -> list[Node]:
    """Return what a cluster says about HTTP to its upstream, wherever it may stand."""
    typed = get(cluster.node, "typed_extension_protocol_options")
    every = (
        [message(each.value).fields for each in typed.pairs] if isinstance(typed, Mapping) else []
    )
    found = (get(each, "upstream_http_protocol_options") for each in (cluster.node, *every))
    return [each for each in found if each is not None]
