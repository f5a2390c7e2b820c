"""Clusters: the client side of Envoy, one endpoint for each transport socket it may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mtlslint.model import CLIENT, Address, Endpoint, Origin, Setting
from mtlslint.parsers.envoy.address import (
    INTERNAL,
    Place,
    hosts_of,
    load_assignment,
    loopback,
    place,
    reach,
)
from mtlslint.parsers.envoy.discover import ENDPOINTS, Resource
from mtlslint.parsers.envoy.index import Index, file_of
from mtlslint.parsers.envoy.kinds import KINDS, cluster_head, cluster_kind
from mtlslint.parsers.envoy.peer import peer_verification
from mtlslint.parsers.envoy.sockets import Socket, of_side, socket_of
from mtlslint.parsers.envoy.validation import validation_of
from mtlslint.parsers.envoy.versions import ciphers, maximum, minimum
from mtlslint.source import Span
from mtlslint.targets import Range
from mtlslint.yamltree.node import Mapping, Node, get, is_open, items, pair, text, truth
from mtlslint.yamltree.spans import head_span, pair_span

Settings = dict[str, Setting]


class Leg(NamedTuple):
    """One way in which a cluster may speak to its hosts."""

    part: str
    socket: Socket
    hosts: tuple[Node, ...] | None = None  # those that use it; None: any may


def cluster_endpoints(
    cluster: Resource, legs: Iterable[Leg], base: str, label: str, index: Index, target: Range
) -> list[Endpoint]:
    """Return a cluster's endpoints, one for each leg; their ids begin with `base`."""
    head = cluster_head(cluster)
    found = []
    for leg in legs:
        places, note = _places(cluster, index, leg.hosts)
        if leg.socket.transport == "tls":
            # TLS is with whoever is behind the listener.
            places = [Place(False) if each is INTERNAL else each for each in places]
        far = reach(places, head, note)
        address = places[0].address if len(places) == 1 else Address()
        identity = f"{base}:{leg.part}" if leg.part else base
        name = f"{label}, match {leg.part}" if leg.part else label
        state = _state(cluster, leg.socket, far, head, index, target)
        known = tuple(dict.fromkeys(each.address for each in places if each.address != Address()))
        endpoint = Endpoint(identity, name, "envoy", CLIENT, head, (state,), address)
        found.append(endpoint._replace(places=known if len(known) > 1 else ()))
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


def _named_by_clients(cluster: Node) -> bool:
    """Whether a header of the request says where a cluster of original destinations leads."""
    settings = get(cluster, "original_dst_lb_config")
    return bool(truth(get(settings, "use_http_header")) or get(settings, "http_header_name"))


def _places(
    cluster: Resource, index: Index, hosts: tuple[Node, ...] | None
) -> tuple[list[Place], str]:
    """Return where a cluster, or some of its hosts, leads; why that isn't known if nowhere."""
    node = cluster.node
    kind = cluster_kind(cluster)
    if kind not in KINDS:
        return [], f"the cluster type {kind} decides where it leads"
    source = text(node, "upstream_bind_config", "source_address", "address")
    if source == "::6" or loopback(source):
        return [Place(True)], ""  # from loopback there's no way off this host (::6: Istio's twin)
    if kind == "ORIGINAL_DST" and not _named_by_clients(node):
        return [], "connections go on to where they were for: behind a sidecar, to its own app"
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
