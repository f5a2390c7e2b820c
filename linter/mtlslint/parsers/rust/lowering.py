"""One file on its way into the IR: spans, depth, and who lowers which kind of node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.parsers.rust.uses import Scope
from mtlslint.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

DEPTH = 45
COMMENTS = frozenset({"line_comment", "block_comment"})
NOISE = COMMENTS | {"attribute_item"}


@dataclass
class Lowering:
    """One file on its way into the IR. `offset` is where the parsed text begins in the file."""

    path: str
    parser: Parser
    size: int
    handlers: Mapping[str, Handler]
    offset: int = 0
    depth: int = 0
    items: list[tuple[Node, Scope, int]] = field(default_factory=list)

    def span(self, first: Node, last: Node | None = None) -> Span:
        """Return the span from the start of one node to the end of another."""
        return self.between(first.start_byte, (last or first).end_byte)

    def between(self, start: int, end: int) -> Span:
        """Return a span given in offsets of the parsed text."""
        if self.offset:  # What frames a macro's text lies outside of it.
            start = min(max(start + self.offset, 0), self.size)
            end = max(end + self.offset, start)
        return Span(self.path, start, min(end, self.size))

    def one_line(self, first: Node, last: Node) -> Span:
        """Return the span of both if they are on one line, else the first one's."""
        together = first.start_point.row == last.end_point.row
        return self.span(first, last if together else first)

    def lower(self, node: Node | None, scope: Scope) -> ir.Node:
        """Return an expression or statement."""
        if node is None:
            return ir.Opaque(Span(self.path, 0, 0), "missing")
        if self.depth >= DEPTH:
            return ir.Opaque(self.span(node), "too deeply nested")
        self.depth += 1
        try:
            return self.handlers.get(node.type, Lowering.opaque)(self, node, scope)
        finally:
            self.depth -= 1

    def opaque(self, node: Node, scope: Scope) -> ir.Node:
        """Return something of which only the children are looked at."""
        children = [self.lower(c, scope) for c in node.named_children if c.type in self.handlers]
        return ir.Opaque(self.span(node), node.type, tuple(children))


Handler = Callable[[Lowering, "Node", Scope], ir.Node]
"""Lowers one kind of node."""


def first_of(node: Node) -> Node | None:
    """Return the first child that is code."""
    for child in node.named_children:
        if child.type not in COMMENTS:
            return child
    return None
