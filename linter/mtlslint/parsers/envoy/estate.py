"""Makes endpoints and routes of all Envoy files of a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mtlslint.facts import Project
from mtlslint.model import CLIENT, Document, Endpoint, Misuse, Route, Setting, State
from mtlslint.parsers.envoy.chains import Chain, chains_of, listener_name
from mtlslint.parsers.envoy.discover import CLUSTER, LISTENER, PIECE, Resource
from mtlslint.parsers.envoy.downstream import chain_endpoint, chain_socket
from mtlslint.parsers.envoy.identity import identity_headers
from mtlslint.parsers.envoy.index import Index, same
from mtlslint.parsers.envoy.kinds import leads_nowhere, original_destination
from mtlslint.parsers.envoy.messages import message
from mtlslint.parsers.envoy.pieces import forwarded, piece_endpoint, unseen_server
from mtlslint.parsers.envoy.reader import Tree
from mtlslint.parsers.envoy.refusals import refusals
from mtlslint.parsers.envoy.routing import Lead, leads_of
from mtlslint.parsers.envoy.tunnels import with_inner
from mtlslint.parsers.envoy.upstream import cluster_endpoints, legs_of
from mtlslint.targets import ASSUMED, Range
from mtlslint.yamltree.node import spoken

Key = tuple[str, int]


class _Estate:
    """What has been made so far: endpoints by id, clusters by where they stand, routes."""

    def __init__(self, project: Project, resources: list[Resource]) -> None:
        self.project = project
        self.index = Index(resources)
        self.endpoints: dict[str, Endpoint] = {}
        self.clusters: dict[Key, tuple[str, ...]] = {}
        self.routes: dict[str, Route] = {}
        self.taken: dict[str, int] = {}
        self.misuses: dict[Misuse, None] = {}
        self.rivals = _rivals(resources)

    def target(self, path: str) -> Range:
        return self.project.targets.of("envoy", path) or ASSUMED["envoy"]

    def identity(self, resource: Resource, name: str) -> str:
        """Return an id that no other resource has."""
        base = f"envoy:{resource.path}:{resource.kind}:{name}"
        number = self.taken[base] = self.taken.get(base, 0) + 1
        return base if number == 1 else f"{base}#{number}"

    def add_cluster(self, cluster: Resource) -> None:
        name = spoken(cluster.name or "without a name")
        base = self.identity(cluster, name)
        label = f"{_file(cluster)}: cluster {name}"
        target = self.target(cluster.path)
        legs = list(legs_of(cluster, self.index))
        made = cluster_endpoints(cluster, legs, base, label, self.index, target)
        for leg in legs:
            self.misuses.update(dict.fromkeys(refusals(leg.socket, cluster, self.index, target)))
        self.endpoints.update((each.id, each) for each in made)
        self.clusters[_key(cluster)] = tuple(each.id for each in made)

    def add_manager(self, piece: Resource) -> None:
        """Add the hop of a connection manager that is merged into one out of sight."""
        headers = forwarded(piece)
        if headers:
            identity = self.identity(piece, "connection manager")
            server = unseen_server(piece, identity, f"{_file(piece)}: connection manager")
            self.endpoints[identity] = server
            self._add_unseen(server, headers)

    def add_piece(self, piece: Resource) -> None:
        if message(piece.node).kind == "HttpConnectionManager":
            self.add_manager(piece)
            return
        identity = self.identity(piece, "TLS context")
        name = f"{_file(piece)}: TLS context"
        made = piece_endpoint(piece, identity, name, self.index, self.target(piece.path))
        if made:
            self.endpoints[identity] = made

    def add_listener(self, listener: Resource) -> None:
        name = listener_name(listener)
        base = self.identity(listener, name)
        for chain in chains_of(listener):
            label = f"{_file(listener)}: listener {name}"
            self._add_chain(
                chain,
                listener,
                f"{base}:{chain.part}" if chain.part else base,
                f"{label}, {chain.part}" if chain.part else label,
            )

    def _add_chain(self, chain: Chain, listener: Resource, identity: str, name: str) -> None:
        socket = chain_socket(chain, listener)
        plaintext = socket.transport == "plaintext"
        own = leads_of(chain.node, listener, self.index, plaintext)
        leads = with_inner(own, listener, self.index)
        content = frozenset(self._content(leads, listener))
        target = self.target(listener.path)
        made = chain_endpoint(chain, listener, socket, identity, name, content, self.index, target)
        self.endpoints[identity] = made
        self.misuses.update(dict.fromkeys(refusals(socket, listener, self.index, target)))
        headers = identity_headers(chain.node, listener, made)
        for lead in leads:
            self._add_routes(made, lead, listener, headers)
        if headers and headers.value == "forwarded" and not leads:
            self._add_unseen(made, headers)

    def _content(self, leads: list[Lead], listener: Resource) -> Iterator[str]:
        """Yield keys for what clusters serve."""
        for lead in leads:
            found = self.index.find(CLUSTER, lead.cluster, listener).resource
            if not lead.content or (found and leads_nowhere(found)):
                continue
            at = found or listener
            # Where the connection was for, before it was redirected to this listener.
            there = f"@{listener.name}" if found and original_destination(found) else ""
            # Of two files that have listeners of one name, an Envoy reads only one.
            rival = at.path != listener.path and listener.path in self.rivals
            apart = f"@{listener.path}" if rival else ""
            yield f"envoy:{at.path}:{at.scope}:{lead.cluster}{there}{apart}"

    def _add_routes(
        self, server: Endpoint, lead: Lead, listener: Resource, headers: Setting | None
    ) -> None:
        found = self.index.find(CLUSTER, lead.cluster, listener).resource
        clients = self.clusters.get(_key(found), ()) if found else ()
        if headers and lead.cleaned:
            headers = headers._replace(value="sanitized")
        state: State = {"identity_headers": headers} if headers else {}
        for client in clients:
            identity = f"{server.id}>{client}"
            name = f"{server.name} -> {self.endpoints[client].name.partition(': ')[2]}"
            made = Route(identity, name, lead.span, server.id, client, (state,))
            self.routes.setdefault(identity, made)
        if not clients and headers and headers.value == "forwarded":
            self._add_unseen(server, headers)

    def _add_unseen(self, server: Endpoint, headers: Setting) -> None:
        """Add a hop to a cluster that isn't in sight: its headers are forwarded all the same."""
        client = f"{server.id}>unseen"
        note = "the cluster is not in sight"
        unknown = {name: Setting(None, server.head, note=note) for name in ("transport", "reach")}
        name = f"{server.name.partition(': ')[0]}: a cluster that is not in sight"
        self.endpoints[client] = Endpoint(client, name, "envoy", CLIENT, server.head, (unknown,))
        route = Route(f"{client}>", name, headers.span, server.id, client)
        self.routes[route.id] = route._replace(states=({"identity_headers": headers},))


def resolve_project(project: Project) -> Document:
    """Return all endpoints and routes. Pure; reads no bytes."""
    trees = [facts.tree for facts in project.facts.values() if isinstance(facts.tree, Tree)]
    resources = _distinct(each for tree in trees for each in tree.resources)
    estate = _Estate(project, resources)
    for each in resources:
        if each.kind == CLUSTER:
            estate.add_cluster(each)
    for each in resources:
        if each.kind == LISTENER:
            estate.add_listener(each)
        elif each.kind == PIECE:
            estate.add_piece(each)
    return Document(
        tuple(estate.endpoints.values()),
        tuple(estate.routes.values()),
        misuses=(*_wrongs(trees, estate), *estate.misuses),
        named=tuple(each for tree in trees for each in tree.named),
    )


def _rivals(resources: Iterable[Resource]) -> set[str]:
    """Return the files of which a listener is called like one of another file."""
    paths: dict[str, set[str]] = {}
    for each in resources:
        if each.kind == LISTENER and each.name:
            paths.setdefault(each.name, set()).add(each.path)
    return {path for found in paths.values() if len(found) > 1 for path in found}


def _wrongs(trees: Iterable[Tree], estate: _Estate) -> Iterator[Misuse]:
    """Yield what is wrong in itself for all versions that files may be meant for."""
    for tree in trees:
        for wrong, since in tree.wrongs:
            if not since or estate.target(wrong.span.path).low >= since:
                yield wrong


def _distinct(resources: Iterable[Resource]) -> list[Resource]:
    """Return the resources, what one document says twice only once."""
    found: dict[tuple[str, str, int, str], list[Resource]] = {}
    for each in resources:
        # A config dump tells of one listener several times.
        here = found.setdefault((each.kind, each.path, each.scope, each.name or ""), [])
        if not each.name or not any(same(each.node, other.node) for other in here[:8]):
            here.append(each)
    return [each for here in found.values() for each in here]


def _key(resource: Resource) -> Key:
    return resource.path, resource.node.start


def _file(resource: Resource) -> str:
    return resource.path.replace("!", "/").rpartition("/")[2]
