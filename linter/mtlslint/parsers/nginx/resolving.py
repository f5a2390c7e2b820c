"""Makes endpoints and routes of all nginx files of a project."""

from __future__ import annotations

from collections.abc import Iterator

from mtlslint.facts import Project
from mtlslint.model import (
    SERVER,
    Address,
    Document,
    Endpoint,
    Misuse,
    Route,
    State,
    merge_states,
)
from mtlslint.parsers.nginx.hops import Hop, client_endpoint, hops, known_upstreams
from mtlslint.parsers.nginx.material import named
from mtlslint.parsers.nginx.misuse import idle, written
from mtlslint.parsers.nginx.roots import Context, contexts
from mtlslint.parsers.nginx.servers import Estate, Server, gather
from mtlslint.parsers.nginx.tree import walk
from mtlslint.parsers.nginx.upstream import Upstreams
from mtlslint.parsers.nginx.versions import able
from mtlslint.parsers.nginx.ways import Way, value_of, ways
from mtlslint.parsers.nginx.worlds import relevant, visible, worlds
from mtlslint.source import Span
from mtlslint.targets import ASSUMED, Range

Place = tuple[Span, tuple[Span, ...]]


class _Gathered:
    """One way in or hop, over all worlds of the template."""

    def __init__(self, name: str, head: Span, address: Address, conditional: bool) -> None:
        self.name = name
        self.head = head
        self.address = address
        self.conditional = conditional
        self.contents: list[frozenset[str]] = []
        self.states: list[State] = []


class _Collector:
    """Collects a context's endpoints; the same line in two worlds is one endpoint."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.servers: dict[str, _Gathered] = {}
        self.clients: dict[str, tuple[_Gathered, Hop]] = {}
        self.routes: dict[tuple[str, str], list[State]] = {}
        self.misuses = list(written(context.directives, context.kind))

    def add(self, server: Server, estate: Estate, known: Upstreams, ordinal: int) -> None:
        """Add one server's endpoints in one world."""
        file = server.directive.span.path
        base = f"nginx:{self.context.root}:{self.context.kind}:{file}#{ordinal}"
        label = f"{file.rpartition('/')[2]}: {server.title}"
        entrances = ways(server, estate)
        inward = []
        for number, way in enumerate(entrances):
            inward.append(self._way(base, label, server, way, number))
        transports = frozenset(
            way.state["transport"].value for way in entrances if "transport" in way.state
        )
        self.misuses += idle(server, entrances, estate)
        for hop in hops(server, known, estate.target, transports):
            self.misuses += hop.misuses
            outward = self._hop(base, file, hop)
            for identity, way in zip(inward, entrances, strict=True):
                if not way.part:
                    asked = value_of(way.state, "client_auth_intent") == "asked"
                    state = {"identity_headers": hop.headers} if asked and hop.headers else {}
                    self.routes.setdefault((identity, outward), []).append(state)

    def _way(self, base: str, label: str, server: Server, way: Way, number: int) -> str:
        directive = way.listen.directive
        identity = f"{base}:{way.label}"
        if identity in self.servers and self.servers[identity].head != way.head:
            identity = f"{identity}:{number}"
        when = server.directive.when or (directive is not None and directive.when)
        gathered = self.servers.setdefault(
            identity,
            _Gathered(f"{label}, {way.label}", way.head, way.address, bool(when)),
        )
        gathered.states.append(way.state)
        gathered.contents.append(way.content)
        return identity

    def _hop(self, base: str, file: str, hop: Hop) -> str:
        span = hop.directive_span
        place = "" if span.path == file else f"{span.path}:"
        identity = f"{base}:{place}{hop.label}"
        number = 1
        while identity in self.clients and self.clients[identity][1].directive_span != span:
            number += 1
            identity = f"{base}:{place}{hop.label}:{number}"
        name = f"{span.path.rpartition('/')[2]}: {hop.label}"
        gathered = _Gathered(name, span, hop.address, False)
        gathered, _ = self.clients.setdefault(identity, (gathered, hop))
        gathered.states.extend(hop.states)
        return identity

    def endpoints(self) -> Iterator[Endpoint]:
        """Yield what was collected."""
        for identity, each in self.servers.items():
            content = frozenset.intersection(*each.contents)
            yield Endpoint(
                identity,
                each.name,
                "nginx",
                SERVER,
                each.head,
                merge_states(each.states),
                each.address,
                frozenset() if each.conditional else content,
            )
        for identity, (each, hop) in self.clients.items():
            endpoint = client_endpoint(identity, each.name, hop)
            yield endpoint._replace(states=merge_states(each.states))


def resolve(project: Project) -> Document:
    """Return all endpoints and routes. Pure; reads no bytes."""
    endpoints: list[Endpoint] = []
    routes: list[Route] = []
    misuses: dict[Misuse, None] = {}
    upstreams = _upstreams(project)
    for context in contexts(project):
        target = project.targets.of("nginx", context.root) or ASSUMED["nginx"]
        if "nginx" not in project.targets.configured:
            target = able(target, context.directives)
        collector = _collect(context, target, _hosts(context.root, project) - upstreams)
        endpoints.extend(collector.endpoints())
        misuses.update(dict.fromkeys(collector.misuses))
        for (server, client), states in collector.routes.items():
            hop = collector.clients[client][0]
            inward = collector.servers[server]
            name = f"{inward.name} -> {hop.name.partition(': ')[2]}"
            routes.append(
                Route(f"{server}>{client}", name, hop.head, server, client, merge_states(states))
            )
    problems = [problem for facts in project.facts.values() for problem in facts.problems]
    found = (each for facts in project.facts.values() for each in named(facts))
    return Document(
        _distinct(endpoints),
        tuple(routes),
        misuses=tuple(misuses),
        problems=tuple(problems),
        named=tuple(found),
    )


def _upstreams(project: Project) -> frozenset[str]:
    """Return the names of all `upstream` blocks, also of files that nothing leads to."""
    return frozenset(
        each.args[0]
        for facts in project.facts.values()
        for each in walk(facts.tree or ())
        if each.name == "upstream" and each.args
    )


def _hosts(path: str, project: Project) -> frozenset[str]:
    """Return the services of compose files in the folders above a file."""
    return frozenset(
        name for folder, name in project.hosts if not folder or path.startswith(f"{folder}/")
    )


def _distinct(endpoints: list[Endpoint]) -> tuple[Endpoint, ...]:
    return tuple({each.id: each for each in endpoints}.values())


def _collect(context: Context, target: Range, hosts: frozenset[str]) -> _Collector:
    collector = _Collector(context)
    ordinals = _ordinals(context)
    if not any(each.when for each in walk(context.directives)):
        estate = gather(context, context.directives, target)
        known = known_upstreams(estate, hosts)
        for server in estate.servers:
            collector.add(server, estate, known, ordinals[_place(server)])
        return collector
    outer = [each for each in context.directives if each.name != "server" and each.when]
    templated = [any(each.when for each in walk((top,))) for top in context.directives]
    for index, block in enumerate(context.directives):
        if block.name != "server" or block.block is None:
            continue
        for world in worlds(relevant((block,)), outer):
            # Of the other servers every branch is kept: they matter only for what they share.
            level = [
                one
                for at, top in enumerate(context.directives)
                for one in (
                    visible((top,), world)
                    if templated[at] and (at == index or top.name != "server")
                    else (top,)
                )
            ]
            estate = gather(context, tuple(level), target)
            for server in estate.servers:
                if _place(server) == (block.span, block.via):
                    known = known_upstreams(estate, hosts)
                    collector.add(server, estate, known, ordinals[_place(server)])
    return collector


def _place(server: Server) -> Place:
    return (server.directive.span, server.directive.via)


def _ordinals(context: Context) -> dict[Place, int]:
    """Return each server's number within its file: stable when other files change."""
    counts: dict[str, int] = {}
    result: dict[Place, int] = {}
    for each in context.directives:
        if each.name == "server" and each.block is not None:
            counts[each.span.path] = counts.get(each.span.path, 0) + 1
            result.setdefault((each.span, each.via), counts[each.span.path])
    return result
