"""Twins: server endpoints that serve the same content, and differ in what they demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

from mtlslint.model import SERVER, Endpoint, Link, Twin

TWIN_LIMIT = 64
"""Endpoints that share one content key, above which only the first ones are paired."""


def twins(endpoints: Sequence[Endpoint]) -> tuple[Twin, ...]:
    """Return every ordered pair of server endpoints that share content and differ in state.

    Test code is no way in: it is never paired with what runs in production.
    """
    groups: dict[str, list[Endpoint]] = {}
    for endpoint in endpoints:
        if endpoint.side == SERVER:
            for key in endpoint.content:
                groups.setdefault(key, []).append(endpoint)
    found: dict[tuple[str, str], Twin] = {}
    for key in sorted(groups):
        group = sorted(groups[key], key=lambda endpoint: endpoint.id)[:TWIN_LIMIT]
        for one, other in permutations(group, 2):
            if one.test_code == other.test_code and _differ(one, other):
                found.setdefault((one.id, other.id), Twin(one.id, other.id, key))
    return tuple(found.values())


def around(links: Iterable[Link]) -> tuple[Twin, ...]:
    """Return the edges and the apps behind them whose own port is published beside the edge's."""
    found = (
        Twin(link.server, link.app, "what is behind the edge", link.around)
        for link in links
        if link.certain and link.around
    )
    return tuple(dict.fromkeys(found))


def _differ(one: Endpoint, other: Endpoint) -> bool:
    return _values(one) != _values(other)


def _values(endpoint: Endpoint) -> list[dict[str, object]]:
    return [{name: s.value for name, s in state.items()} for state in endpoint.states]
