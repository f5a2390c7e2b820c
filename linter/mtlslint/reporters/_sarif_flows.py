"""The way of the traffic over a hop: client, listener, upstream, and the app if it is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mtlslint.engine import Result
from mtlslint.finding import Finding, Place
from mtlslint.model import Link, Route

FLOW_LIMIT = 10
_KINDS = frozenset({"route", "link"})


class Ways:
    """Finds the ways that traffic takes in a check's document."""

    def __init__(self, result: Result) -> None:
        self.catalogue = result.catalogue
        self.outward = result.sources.outward
        self.ends = {endpoint.id: endpoint for endpoint in result.document.endpoints}
        self.routes = _by_end(result.document.routes)
        self.apps = _apps(result.document.links)
        for link in result.document.links:
            own = (r for r in self.routes[link.client] if r.server == link.server)
            self.routes[link.app].extend(own)

    def of(self, finding: Finding) -> list[list[Place]]:
        """Return the ways over the hops that a finding is about, step by step."""
        if _KINDS.isdisjoint(
            kind for case in self.catalogue.rules[finding.rule].cases for kind in case.on
        ):
            return []
        ways: list[list[Place]] = []
        for route in self._routes(finding):
            for every in self._ways(route, finding):
                steps = list(_one_a_place(every))
                if steps not in ways:  # the addresses of one upstream are routes of their own
                    ways.append(steps)
        return ways[:FLOW_LIMIT]

    def _routes(self, finding: Finding) -> Iterator[Route]:
        """Yield the routes both of whose ends have to do with the finding."""
        near = {finding.span, *(place.span for place in finding.related)}
        own = {r.id: r for subject in finding.subjects for r in self.routes.get(subject, ())}
        for route in own.values():
            ends = {route.server, route.client}.difference(finding.subjects)
            if all(self.outward(self.ends[end].head) in near for end in ends):
                yield route

    def _ways(self, route: Route, finding: Finding) -> Iterator[list[Place]]:
        """Yield the ways over a route: to each app behind it, or as far as is known."""
        apps = self.apps.get((route.server, route.client), [])
        for app in [each for each in apps if each in finding.subjects] or apps:
            end = self.ends[app]
            yield [
                *self._steps(route),
                Place(self.outward(end.head), f"{end.name} takes the traffic"),
            ]
        if not apps:
            yield self._steps(route)

    def _steps(self, route: Route) -> list[Place]:
        listener, upstream = self.ends[route.server], self.ends[route.client]
        return [
            Place(self.outward(listener.head), f"A client connects to {listener.name}"),
            Place(self.outward(route.span), f"{listener.name} passes the traffic on"),
            Place(self.outward(upstream.head), f"The traffic goes to {upstream.name}"),
        ]


def _apps(links: Iterable[Link]) -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for link in links:
        found.setdefault((link.server, link.client), []).append(link.app)
    return found


def _by_end(routes: Sequence[Route]) -> dict[str, list[Route]]:
    found = defaultdict(list)
    for route in routes:
        found[route.server].append(route)
        found[route.client].append(route)
    return found


def _one_a_place(steps: list[Place]) -> Iterator[Place]:
    """Yield the steps; of several in a row at one place the last."""
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        if after is None or after.span != step.span:
            yield step
