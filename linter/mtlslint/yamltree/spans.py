"""One-line spans of what stands in a file."""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.source import Span
from mtlslint.yamltree.node import Mapping, Node, Pair, Scalar, Sequence


class Site(NamedTuple):
    """A pair and the file that it stands in."""

    pair: Pair
    path: str

    @property
    def span(self) -> Span:
        """The pair on one line: with its value if that is short, else the key alone."""
        return pair_span(self.pair, self.path)


def pair_span(pair: Pair, path: str) -> Span:
    """Return a pair's span, the key alone where the value takes more than the line."""
    value = pair.value
    plain = isinstance(value, Scalar) and value.style not in ("|", ">")
    lines = isinstance(value, Scalar) and "\n" in value.text
    near = pair.key.end <= value.start <= pair.key.end + 200
    if plain and not lines and near:
        return Span(path, pair.key.start, value.end)
    return Span(path, pair.key.start, pair.key.end)


def head_span(node: Node | None, path: str) -> Span:
    """Return a node's first line: its first pair, item or text."""
    while isinstance(node, Sequence) and node.items:
        node = node.items[0]
    if isinstance(node, Mapping) and node.pairs:
        # Merged and repeated pairs may stand elsewhere: the first in the file counts.
        within = [each for each in node.pairs if node.start <= each.key.start < node.end]
        return pair_span(min(within or node.pairs, key=lambda each: each.key.start), path)
    if isinstance(node, Scalar):
        end = node.start + 1 if node.style in ("|", ">") else node.end
        return Span(path, node.start, end)
    return Span(path, node.start, node.start + 1) if node else Span(path, 0, 0)
