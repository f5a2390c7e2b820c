"""The way of the traffic over a hop: client, listener, upstream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mtlslint.engine import Result
from mtlslint.finding import Finding, Place
from mtlslint.model import Endpoint, Route

FLOW_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Ways:
    """Finds the ways in a check's document; `ends` are its endpoints by id."""

    result: Result
    ends: Mapping[str, Endpoint]

    def of(self, finding: Finding) -> list[list[Place]]:
        """Return the ways that traffic takes over the hops a finding is about, step by step."""
        cases = self.result.catalogue.rules[finding.rule].cases
        if not any("route" in case.on for case in cases):
            return []
        ways = [
            self._steps(route)
            for route in self.result.document.routes
            if self._concerns(route, finding)
        ]
        return ways[:FLOW_LIMIT]

    def _concerns(self, route: Route, finding: Finding) -> bool:
        """Say whether both ends of the route have to do with the finding."""
        outward = self.result.sources.outward
        near = {finding.span, *(place.span for place in finding.related)}
        return all(
            end in finding.subjects or outward(self.ends[end].head) in near
            for end in (route.server, route.client)
        )

    def _steps(self, route: Route) -> list[Place]:
        outward = self.result.sources.outward
        listener, upstream = self.ends[route.server], self.ends[route.client]
        steps = [
            Place(outward(listener.head), f"A client connects to {listener.name}"),
            Place(outward(route.span), f"{listener.name} passes the traffic on"),
            Place(outward(upstream.head), f"The traffic goes to {upstream.name}"),
        ]
        return list(_one_a_place(steps))


def _one_a_place(steps: list[Place]) -> Iterator[Place]:
    """Yield the steps; of several in a row at one place the last."""
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        if after is None or after.span != step.span:
            yield step
