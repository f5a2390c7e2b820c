"""What the parsers that read with tree-sitter share: finding the way to places in a tree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

_LEVELS = 100


def around(node: Node) -> Iterator[Node]:
    """Yield what holds a node, inner ones first, as far up as people nest.

    tree-sitter finds each of them from the root: in a deep tree, all the way up would take hours.
    """
    above = node.parent
    for _ in range(_LEVELS):
        if above is None:
            return
        yield above
        above = above.parent


def holds_any(node: Node, places: Sequence[int]) -> bool:
    """Whether one of the byte offsets, which are sorted, lies in a node."""
    first = bisect_left(places, node.start_byte)
    return first < len(places) and places[first] < node.end_byte
