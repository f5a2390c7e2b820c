"""The hops as a tree for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.maps._graph import Graph, Protection, Way
from mtlslint.reporters._terminal import clean, styled

STYLES = {
    Protection.PLAINTEXT: "error",
    Protection.UNVERIFIED: "warning",
    Protection.UNKNOWN: "note",
    Protection.VERIFIED: "ok",
    Protection.MUTUAL: "ok",
    Protection.ONE_SIDED: "bold",
}


class _Tree:
    """The lines of a graph; what was drawn before is named, not drawn again."""

    def __init__(self, graph: Graph, color: bool) -> None:
        self._graph = graph
        self._color = color
        self._labels = {spot.id: clean(spot.label) for spot in graph.spots}
        self._leaving: dict[str, list[Way]] = {}
        for way in graph.ways:
            self._leaving.setdefault(way.source, []).append(way)
        self._drawn: set[str] = set()

    def lines(self) -> Iterator[str]:
        """Yield the whole tree; a ring of proxies that only lead to each other begins anywhere."""
        for spot in self._graph.spots:
            if spot.id not in self._drawn and spot.id in self._leaving:
                self._drawn.add(spot.id)
                yield self._labels[spot.id]
                yield from self._below(spot.id)

    def _below(self, spot: str) -> Iterator[str]:
        """Yield what hangs below a spot. Without recursion: a chain may be of any length."""
        stack = [self._rows(spot, "")]
        while stack:
            row = next(stack[-1], None)
            if row is None:
                stack.pop()
                continue
            yield row.line
            if row.below:
                stack.append(self._rows(row.below, row.indent))

    def _rows(self, spot: str, indent: str) -> Iterator[_Row]:
        ways = self._leaving.get(spot, [])
        for number, way in enumerate(ways, 1):
            last = number == len(ways)
            again = way.target in self._drawn and way.target in self._leaving
            self._drawn.add(way.target)
            inner = indent + ("   " if last else "│  ")
            head = f"{indent}{'└─' if last else '├─'}"
            yield _Row(f"{head} {self._said(way, again)}", "" if again else way.target, inner)

    def _said(self, way: Way, again: bool) -> str:
        mark = styled(way.protection.value, STYLES[way.protection], self._color)
        note = f" ({way.note})" if way.note else ""
        return f"{mark} → {self._labels[way.target]}{note}{' …' if again else ''}"


class _Row(NamedTuple):
    """A line of the tree, the spot whose ways follow below it, and their indentation."""

    line: str
    below: str
    indent: str


def render(graph: Graph, color: bool) -> str:
    """Return the tree."""
    return "\n".join(_Tree(graph, color).lines() if graph.ways else ["no server found"]) + "\n"
