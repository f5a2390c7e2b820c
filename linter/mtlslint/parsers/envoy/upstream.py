"""Clusters: the client side of Envoy, one endpoint for each transport socket it may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mtlslint.model import CLIENT, Address, Endpoint, Origin, Setting
from mtlslint.parsers.envoy.address import Place, hosts_of, load_assignment, loopback, place, reach
from mtlslint.parsers.envoy.discover import ENDPOINTS, Resource
from mtlslint.parsers.envoy.index import Index, file_of
from mtlslint.parsers.envoy.node import (
    Mapping,
    Node,
    Pair,
    get,
    is_open,
    items,
    message,
    pair,
    text,
    truth,
    walk,
)
from mtlslint.parsers.envoy.sockets import Socket, of_side, socket_of
from mtlslint.parsers.envoy.spans import head_span, pair_span
from mtlslint.parsers.envoy.validation import Validation, validation_of
from mtlslint.parsers.envoy.versions import ciphers, maximum, minimum
from mtlslint.source import Span
from mtlslint.targets import Range

Settings = dict[str, Setting]


_KINDS = ("STATIC", "STRICT_DNS", "LOGICAL_DNS", "EDS", "ORIGINAL_DST", "DNS")


class Leg(NamedTuple):
    """One way in which a cluster may speak to its hosts."""

    part: str
    socket: Socket
    hosts: tuple[Node, ...] | None = None  # those that use it; None: any may


def cluster_head(cluster: Resource) -> Span:
    """Return the line that stands for a cluster: its name."""
    name = pair(cluster.node, "name")
    return pair_span(name, cluster.path) if name else head_span(cluster.node, cluster.path)


def cluster_kind(cluster: Resource) -> str:
    """Return how a cluster finds its hosts; newer files name an extension for it."""
    custom = text(cluster.node, "cluster_type", "name")
    if custom:
        return custom.rpartition(".")[2].upper()
    kind = (text(cluster.node, "type") or "STATIC").upper()
    return _KINDS[int(kind)] if kind in ("0", "1", "2", "3", "4") else kind


def original_destination(cluster: Resource) -> bool:
    """Whether each connection goes on to where it was for."""
    return cluster_kind(cluster) == "ORIGINAL_DST"


def leads_nowhere(cluster: Resource) -> bool:
    """Whether a cluster has no host and gets none: whatever is sent there is refused."""
    node, kind = cluster.node, cluster_kind(cluster)
    assignment = get(node, "load_assignment")
    opened = is_open(node) or is_open(assignment) or is_open(get(assignment, "endpoints"))
    return kind == "STATIC" and not (opened or hosts_of(assignment) or items(node, "hosts"))


def cluster_endpoints(
    cluster: Resource, legs: Iterable[Leg], base: str, label: str, index: Index, target: Range
) -> list[Endpoint]:
    """Return a cluster's endpoints, one for each leg; their ids begin with `base`."""
    head = cluster_head(cluster)
    found = []
    for leg in legs:
        places, note = _places(cluster, index, leg.hosts)
        far = reach(places, head, note)
        address = places[0].address if len(places) == 1 else Address()
        identity = f"{base}:{leg.part}" if leg.part else base
        name = f"{label}, match {leg.part}" if leg.part else label
        state = _state(cluster, leg.socket, far, head, index, target)
        found.append(Endpoint(identity, name, "envoy", CLIENT, head, (state,), address))
    return found


def legs_of(cluster: Resource, index: Index) -> Iterator[Leg]:
    """Yield the sockets that may be used; without a match it is the cluster's own."""
    node = cluster.node
    head = cluster_head(cluster)
    matches = items(node, "transport_socket_matches")
    caught_all = False
    taken: set[str] = set()
    users = _users(cluster, matches, index)
    for number, each in enumerate(matches, 1):
        name = text(each, "name") or str(number)
        part = name if name not in taken else f"{name}#{number}"
        taken.add(part)
        socket = _socket(each, head_span(each, cluster.path), cluster)
        yield Leg(part, socket, users.get(number - 1))
        caught_all = caught_all or not _criteria(get(each, "match"))
    if pair(node, "transport_socket_matcher"):
        yield Leg("", Socket(None, head, note="a matcher chooses the transport socket"))
        return
    # What no host is left for is never used; dummies that only fail stand there.
    if not matches or (not caught_all and len(matches) in users):
        yield Leg("", _socket(node, head, cluster), users.get(len(matches)))


def _socket(owner: Node, head: Span, cluster: Resource) -> Socket:
    return of_side(socket_of(owner, head, cluster.path), "UpstreamTlsContext")


def _criteria(node: Node | None) -> dict[str, str]:
    pairs = node.pairs if isinstance(node, Mapping) else ()
    return {each.key.text: text(node, each.name) or "" for each in pairs}


def _users(
    cluster: Resource, matches: tuple[Node, ...], index: Index
) -> dict[int, tuple[Node, ...]]:
    """Return the hosts in sight by the number of the first match that takes them.

    Those that none takes stand under the number of matches.
    """
    if not matches:
        return {}
    wanted = [_criteria(get(each, "match")) for each in matches]
    found: dict[int, tuple[Node, ...]] = {}
    for host in hosts_of(_assignment(cluster, index)):
        metadata = get(host, "metadata", "filter_metadata", "envoy.transport_socket_match")
        offered = _criteria(metadata)
        taking = (n for n, each in enumerate(wanted) if each.items() <= offered.items())
        number = next(taking, len(matches))
        found[number] = (*found.get(number, ()), host)
    return found


def _assignment(cluster: Resource, index: Index) -> Node | None:
    own = get(cluster.node, "load_assignment")
    if own is not None:
        return own
    name = text(cluster.node, "eds_cluster_config", "service_name") or cluster.name
    if cluster_kind(cluster) != "EDS" or not name:
        return None
    config = get(cluster.node, "eds_cluster_config", "eds_config")
    found = index.find(ENDPOINTS, name, cluster, file_of(config))
    return found.resource.node if found.resource else None


def _places(
    cluster: Resource, index: Index, hosts: tuple[Node, ...] | None
) -> tuple[list[Place], str]:
    """Return where a cluster, or some of its hosts, leads; why that isn't known if nowhere."""
    node = cluster.node
    kind = cluster_kind(cluster)
    if kind not in _KINDS:
        return [], f"the cluster type {kind} decides where it leads"
    source = text(node, "upstream_bind_config", "source_address", "address")
    if source == "::6" or loopback(source):
        return [Place(True)], ""  # from loopback there's no way off this host (::6: Istio's twin)
    if kind == "ORIGINAL_DST":
        return [Place(False)], ""
    assignment = _assignment(cluster, index)
    found = hosts_of(assignment) if hosts is None else list(hosts)
    named = kind != "STATIC"
    places = load_assignment(assignment, found, named)
    places += [place(each, destination=True, named=named) for each in items(node, "hosts")]
    places = [
        each._replace(local=True) if index.binds(each.address.host, cluster) else each
        for each in places
    ]
    if is_open(assignment) or is_open(get(assignment, "endpoints")):
        places.append(Place(None))
    if places:
        return places, "its hosts are set by a template"
    discovered = kind == "EDS"
    return [], "its hosts come from discovery" if discovered else "its hosts are not known"


def _state(
    cluster: Resource, socket: Socket, far: Setting, head: Span, index: Index, target: Range
) -> Settings:
    state: Settings = {
        # Plaintext is the cluster's doing, whether a socket says so or none does.
        "transport": Setting(
            socket.transport,
            head if socket.transport == "plaintext" else socket.head,
            note=socket.note,
        ),
        "reach": far,
        "tier": Setting("proxy", head),
    }
    if socket.transport in ("tls", "either"):
        checks = validation_of(socket.context, cluster, index)
        low = minimum(socket, False, cluster.path, target)
        state.update(peer_verification(cluster, socket, checks))
        state["client_certificate"] = _certificate(socket, cluster.path)
        state["min_version"] = low
        state["max_version"] = maximum(socket, False, cluster.path)
        state["ciphers"] = ciphers(socket, cluster.path, low)
        if checks.sees_all:
            crl = checks.crl
            state["revocation"] = Setting("crl" if crl else "none", crl or socket.head)
    return state


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


_LENIENT = "allow_insecure_cluster_options"


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


def _certificate(socket: Socket, path: str) -> Setting:
    common = get(socket.context, "common_tls_context")
    for name in ("tls_certificates", "tls_certificate_sds_secret_configs"):
        found = pair(common, name)
        if found and items(found.value):
            return Setting("presented", pair_span(found, path))
        if found and is_open(found.value):
            return Setting(None, pair_span(found, path), note="a template decides")
    provider = pair(common, "tls_certificate_provider_instance") or pair(
        common, "tls_certificate_certificate_provider_instance"
    )
    if provider or is_open(common) or is_open(socket.context):
        at = pair_span(provider, path) if provider else socket.head
        return Setting(None, at, note="a provider or a template decides")
    return Setting("absent", socket.head, Origin.DEFAULT)
