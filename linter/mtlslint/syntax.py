"""What the parsers that read with tree-sitter share: finding the way to places in a tree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node


def holds_any(node: Node, places: Sequence[int]) -> bool:
    """Whether one of the byte offsets, which are sorted, lies in a node."""
    first = bisect_left(places, node.start_byte)
    return first < len(places) and places[first] < node.end_byte
