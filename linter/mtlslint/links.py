"""Links: which server of the project a proxy's hop leads to.

The other end is found by name and port: through compose services and Kubernetes Services to what
runs there, by loopback to what shares it. Two programs that may be meant are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mtlslint.model import SERVER, Address, Document, Endpoint, Link
from mtlslint.placing import shared_folders
from mtlslint.source import Sources, Span
from mtlslint.workloads.homes import Home, Homes
from mtlslint.workloads.reading import Estate
from mtlslint.workloads.workload import EVERYWHERE, MACHINE, Door

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0", "[::1]"})
_OUTSIDE = frozenset(
    {
        *("host.docker.internal", "gateway.docker.internal", "host.containers.internal"),
        *("host.minikube.internal", "host.lima.internal", "172.17.0.1"),
    }
)
"""Names by which a container knows the machine that it runs on."""


class _Server(NamedTuple):
    """A server endpoint, and the workloads that run it."""

    endpoint: Endpoint
    homes: tuple[Home, ...]

    def on(self, hosts: frozenset[str]) -> bool | None:
        """Whether it runs on one of the hosts: for sure, perhaps (False), or not (None)."""
        sure = [each.sure for each in self.homes if each.workload.host in hosts]
        return any(sure) if sure else None

    def mentions(self, hosts: frozenset[str]) -> int:
        """Return how often commands on the hosts name its file."""
        return max(each.mentions for each in self.homes if each.workload.host in hosts)

    def listens(self, port: int) -> bool | None:
        """Whether it listens on a port; None if its port isn't known."""
        ports = [each.port for each in self.endpoint.addresses]
        return True if port in ports else None if not ports or None in ports else False


class _Found(NamedTuple):
    endpoint: Endpoint
    certain: bool
    port: int
    why: str
    via: tuple[Span, ...]


def links(document: Document, estate: Estate, sources: Sources) -> tuple[Link, ...]:
    """Return the links of all routes whose other end the project holds."""
    finder = _Finder(document.endpoints, Homes(estate), estate.deployments.doors, sources)
    by_id = {each.id: each for each in document.endpoints}
    found: list[Link] = []
    for route in document.routes:
        client = by_id[route.client]
        for each in finder.ends(client):
            around = finder.around(each)
            link = Link(route.server, route.client, each.endpoint.id, each.certain, each.why)
            found.append(link._replace(via=each.via, around=around))
    return tuple(dict.fromkeys(found))


class _Finder:
    """Finds what listens where a client endpoint leads to."""

    def __init__(
        self,
        endpoints: Iterable[Endpoint],
        homes: Homes,
        doors: tuple[Door, ...],
        sources: Sources,
    ) -> None:
        self._sources = sources
        self._homes = homes
        self._servers = [
            _Server(each, self._home(each))
            for each in endpoints
            if each.side == SERVER and not each.test_code
        ]
        self._doors: dict[str, list[Door]] = {}
        for door in doors:
            for name in door.names:
                self._doors.setdefault(name, []).append(door)
        self._outward = [each for each in doors if each.published]
        self._ends: dict[str, tuple[_Found, ...]] = {}

    def ends(self, client: Endpoint) -> tuple[_Found, ...]:
        """Return the servers that a client endpoint leads to, each once."""
        if client.id not in self._ends:
            homes = self._home(client)
            found: dict[str, _Found] = {}
            for address in client.addresses:
                there = list(self._end(client, homes, address))
                if len({each.endpoint.head for each in there}) == 1:
                    found.update({each.endpoint.id: each for each in reversed(there)})
            self._ends[client.id] = tuple(found.values())
        return self._ends[client.id]

    def around(self, found: _Found) -> tuple[Span, ...]:
        """Return where the port that was found is published to the outside."""
        hosts = {each.workload.host for each in self._home(found.endpoint) if each.sure}
        return tuple(
            door.span
            for door in self._outward
            if door.target == found.port and not hosts.isdisjoint(door.hosts)
        )

    def _home(self, endpoint: Endpoint) -> tuple[Home, ...]:
        return self._homes.of(endpoint.head.path, self._sources.outward(endpoint.head))

    def _end(self, client: Endpoint, homes: tuple[Home, ...], address: Address) -> Iterator[_Found]:
        host, port = address.host, address.port
        if host is None or port is None or client.test_code:
            return
        hosts = frozenset(each.workload.host for each in homes)
        if host.lower() in LOOPBACK and hosts:
            yield from self._one(client, hosts, port, f"port {port} of the same host", ())
            return
        name = MACHINE if host.lower() in LOOPBACK | _OUTSIDE else host.lower().rstrip(".")
        doors = _nearest(self._leading(name, port, homes), client.head.path)
        for door in doors:
            target = port if door.port is None else door.target
            if target is not None:
                why = f"`{host}:{port}` is {door.label} in {door.span.path}"
                why += f", port {target} there" if target != port else ""
                yield from self._one(client, door.hosts, target, why, (door.span,))
        if not doors:
            yield from self._unplaced(client, host, port)

    def _leading(self, name: str, port: int, homes: tuple[Home, ...]) -> Iterator[Door]:
        """Yield the doors of a name that somebody in a workload can go through."""
        short, _, rest = name.partition(".")
        own = {each.workload.deployment for each in homes}
        networks = frozenset().union(*(each.workload.networks for each in homes))
        cluster = [each for each in self._doors.get(short, []) if rest and not each.deployment]
        for door in self._doors.get(name) or cluster:
            fits = door.port is None or door.port == port
            reached = (
                not homes or EVERYWHERE & (networks | door.networks) or networks & door.networks
            )
            if fits and reached and (not own or "" in own or door.deployment in own | {""}):
                yield door

    def _one(
        self, client: Endpoint, hosts: frozenset[str], port: int, why: str, via: tuple[Span, ...]
    ) -> Iterator[_Found]:
        """Yield the one server on the hosts that listens on a port, if there is one."""
        there = [(each, each.on(hosts)) for each in self._servers]
        placed = [(each, sure) for each, sure in there if sure is not None]
        exact = [(each, sure) for each, sure in placed if each.listens(port)]
        open_ = [(each, sure) for each, sure in placed if each.listens(port) is None]
        chosen = _named(exact or open_, hosts)
        programs = {each.endpoint.head for each, _ in chosen}
        if len(programs) == 1:
            for each, sure in chosen:
                yield _Found(each.endpoint, bool(exact and sure), port, why, via)

    def _unplaced(self, client: Endpoint, host: str, port: int) -> Iterator[_Found]:
        """Yield what nobody says to run anywhere, by its port and the name of its folder."""
        found = [
            each
            for each in self._servers
            if each.listens(port) and not each.homes and _may_be(each.endpoint, host, client)
        ]
        if len({each.endpoint.head for each in found}) == 1:
            why = f"port {port}, and nothing else in the project listens there"
            yield from (_Found(each.endpoint, False, port, why, ()) for each in found)


def _named(found: list[tuple[_Server, bool]], hosts: frozenset[str]) -> list[tuple[_Server, bool]]:
    """Return those of several servers that the command of what runs there names the most."""
    most = max((each.mentions(hosts) for each, _ in found), default=0)
    return [(each, sure) for each, sure in found if each.mentions(hosts) == most]


def _may_be(server: Endpoint, host: str, client: Endpoint) -> bool:
    apps = {state["tier"].value for state in server.states if "tier" in state}
    if server.head.path == client.head.path or apps != {"app"}:
        return False
    folders = {part.lower() for part in server.head.path.split("/")[:-1]}
    return host.lower() in LOOPBACK | _OUTSIDE or host.lower().partition(".")[0] in folders


def _nearest(doors: Iterable[Door], path: str) -> list[Door]:
    """Return the doors whose declaration lies nearest to a file."""
    by_shared: dict[int, list[Door]] = {}
    for door in doors:
        by_shared.setdefault(shared_folders(door.span.path.rpartition("/")[0], path), []).append(
            door
        )
    return by_shared[max(by_shared)] if by_shared else []
