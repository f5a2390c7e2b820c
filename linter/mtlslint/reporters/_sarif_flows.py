"""The way of the traffic over a hop: client, listener, upstream."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mtlslint.engine import Result
from mtlslint.finding import Finding, Place
from mtlslint.model import Route

FLOW_LIMIT = 10


class Ways:
    """Finds the ways that traffic takes in a check's document."""

    def __init__(self, result: Result) -> None:
        self.catalogue = result.catalogue
        self.outward = result.sources.outward
        self.ends = {endpoint.id: endpoint for endpoint in result.document.endpoints}
        self.routes = _by_end(result.document.routes)

    def of(self, finding: Finding) -> list[list[Place]]:
        """Return the ways over the hops that a finding is about, step by step."""
        if not any("route" in case.on for case in self.catalogue.rules[finding.rule].cases):
            return []
        ways: list[list[Place]] = []
        for route in self._routes(finding):
            steps = list(_one_a_place(self._steps(route)))
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

    def _steps(self, route: Route) -> list[Place]:
        listener, upstream = self.ends[route.server], self.ends[route.client]
        return [
            Place(self.outward(listener.head), f"A client connects to {listener.name}"),
            Place(self.outward(route.span), f"{listener.name} passes the traffic on"),
            Place(self.outward(upstream.head), f"The traffic goes to {upstream.name}"),
        ]


def _by_end(routes: Sequence[Route]) -> Mapping[str, Sequence[Route]]:
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
