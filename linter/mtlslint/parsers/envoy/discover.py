"""Finds Envoy's resources in a document, whatever they are wrapped in.

A bootstrap, a discovery response, a bare list, a custom resource's `spec`, a config dump: the
wrapping differs, listeners and clusters look the same everywhere. So they are known by their type
or by their shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.parsers.envoy.messages import message, type_of
from mtlslint.yamltree.node import Mapping, Node, Pair, Scalar, Sequence, get, pair, text

LISTENER = "listener"
CHAIN = "chain"
CLUSTER = "cluster"
SECRET = "secret"
ROUTES = "routes"
ENDPOINTS = "endpoints"
PIECE = "piece"

_BY_TYPE = {
    "Listener": LISTENER,
    "Cluster": CLUSTER,
    "Secret": SECRET,
    "RouteConfiguration": ROUTES,
    "ClusterLoadAssignment": ENDPOINTS,
    "DownstreamTlsContext": PIECE,
    "UpstreamTlsContext": PIECE,
}
_CLUSTER_FIELDS = frozenset(
    {
        *("load_assignment", "connect_timeout", "lb_policy", "eds_cluster_config", "hosts"),
        *("transport_socket", "transport_socket_matches", "tls_context", "cluster_type"),
        *("typed_extension_protocol_options", "circuit_breakers"),
    }
)
_SECRET_FIELDS = ("tls_certificate", "validation_context", "session_ticket_keys", "generic_secret")
_IN_SECRETS = frozenset(
    {
        *("certificate_chain", "private_key", "pkcs12", "private_key_provider", "keys", "secret"),
        *("trusted_ca", "crl", "trust_chain_verification", "custom_validator_config"),
        *("match_typed_subject_alt_names", "match_subject_alt_names", "verify_subject_alt_name"),
        *("verify_certificate_hash", "verify_certificate_spki", "system_root_certs"),
        *("max_verify_depth", "allow_expired_certificate", "only_verify_leaf_cert_crl"),
        *("ca_certificate_provider_instance", "watched_directory", "ocsp_staple"),
    }
)
# What a config dump keeps beside the state in force.
_PASSED_OVER = frozenset({"warming_state", "draining_state", "error_state", "weighted_clusters"})


class Resource(NamedTuple):
    """A listener, cluster, secret, route table, load assignment or bare TLS context.

    `scope` tells documents of one file apart. `static`: it stands in a bootstrap, whose names
    only hold there unless the bootstrap is `dynamic`.
    """

    kind: str
    node: Node
    path: str
    scope: int
    static: bool
    dynamic: bool

    @property
    def name(self) -> str | None:
        """The name by which others refer to it."""
        return text(self.node, "cluster_name" if self.kind == ENDPOINTS else "name")


class _Place(NamedTuple):
    """A node still to be looked at, and the key it stands under.

    `merged`: it is a piece of something whose other pieces aren't in sight.
    """

    node: Node
    under: str
    static: bool = False
    dynamic: bool = False
    merged: bool = False


def resources(document: Node, path: str, scope: int) -> Iterator[Resource]:
    """Yield the resources of a document in order."""
    stack = [_Place(document, "")]
    while stack:
        place = stack.pop()
        node = place.node
        if isinstance(node, Sequence):
            stack.extend(place._replace(node=each) for each in reversed(node.items))
            continue
        if not isinstance(node, Mapping):
            continue
        kind = _kind(node, place.under)
        if place.merged and kind != PIECE:
            kind = PIECE if message(node).kind == "HttpConnectionManager" else ""
        if kind == CHAIN:
            # A chain without its listener in sight: what it says of TLS holds all the same.
            key = Scalar("filter_chains", node.start, node.start)
            listener = Mapping((Pair("filter_chains", key, node),), node.start, node.end, True)
            yield Resource(LISTENER, listener, path, scope, place.static, place.dynamic)
            continue
        if kind:
            yield Resource(kind, node, path, scope, place.static, place.dynamic)
            continue
        merged = place.merged or (text(node, "operation") or "").upper() == "MERGE"
        dynamic = place.dynamic or pair(node, "dynamic_resources") is not None
        for each in reversed(node.pairs):
            if each.name in _PASSED_OVER:
                continue
            static = place.static or each.name == "static_resources"
            stack.append(_Place(each.value, each.name, static, dynamic, merged))


def _holds_secret(found: Pair) -> bool:
    """Whether a field is a secret's: other programs have certificates of these names as well."""
    if found.name not in _SECRET_FIELDS or not isinstance(found.value, Mapping):
        return False
    inner = {each.name for each in found.value.pairs}
    return not inner or bool(inner & _IN_SECRETS)


def _kind(node: Mapping, under: str) -> str:
    typed = _BY_TYPE.get(type_of(node))
    if typed is None and _BY_TYPE.get(message(node).kind) == PIECE:
        return PIECE  # in a TypedStruct
    if typed:
        # A discovery response's `Resource` names its content's type once more.
        return typed
    names = {each.name for each in node.pairs}
    if names & {"filter_chains", "default_filter_chain"} or (
        under == "listeners" and names & {"address", "api_listener"}
    ):
        return LISTENER
    if "filters" in names and names & {"transport_socket", "tls_context"}:
        return CHAIN
    if "virtual_hosts" in names:
        return ROUTES
    if "cluster_name" in names and isinstance(get(node, "endpoints"), Sequence):
        return ENDPOINTS
    if "name" in names and "filters" not in names and any(map(_holds_secret, node.pairs)):
        return SECRET
    fields = _CLUSTER_FIELDS | {"type"} if under == "clusters" else _CLUSTER_FIELDS
    if "name" in names and names & fields and "filters" not in names:
        return CLUSTER
    return ""
