"""One file on its way into the IR: spans, depth, and who lowers which kind of node."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.parsers.rust.uses import Scope, decoded, text_of
from mtlslint.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

DEPTH = 45
_new = (
    tuple.__new__
)  # Half the time of a NamedTuple's own constructor; every expression has a span.
COMMENTS = frozenset({"line_comment", "block_comment"})
NOISE = COMMENTS | {"attribute_item"}


@dataclass(slots=True)
class Lowering:
    """One file on its way into the IR: `data`; `offset` is where the parsed text begins in it."""

    path: str
    parser: Parser
    data: bytes
    handlers: Mapping[str, Handler]
    offset: int = 0
    depth: int = 0
    items: list[tuple[Node, Scope, int]] = field(default_factory=list)

    def span(self, node: Node) -> Span:
        """Return a node's span."""
        return self.between(node.start_byte, node.end_byte)

    def between(self, start: int, end: int) -> Span:
        """Return a span given in offsets of the parsed text."""
        if self.offset:  # What frames a macro's text lies outside of it.
            size = len(self.data)
            start = min(max(start + self.offset, 0), size)
            end = min(max(end + self.offset, start), size)
        return _new(Span, (self.path, start, end))

    def named(self, node: Node) -> tuple[Span, str]:
        """Return an identifier's span and text."""
        start, end = node.start_byte, node.end_byte
        if self.offset:
            return self.between(start, end), text_of(node)
        return _new(Span, (self.path, start, end)), decoded(self.data[start:end])

    def one_line(self, first: Node, last: Node) -> Span:
        """Return the span of both if they are on one line, else the first one's."""
        together = first.start_point.row == last.end_point.row
        return self.between(first.start_byte, (last if together else first).end_byte)

    def lower(self, node: Node | None, scope: Scope) -> ir.Node:
        """Return an expression or statement."""
        if node is None:
            return ir.Opaque(Span(self.path, 0, 0), "missing")
        return self._lower(node, node.type, scope)

    def _lower(self, node: Node, kind: str, scope: Scope) -> ir.Node:
        if self.depth >= DEPTH:
            return ir.Opaque(self.span(node), "too deeply nested")
        self.depth += 1
        lowered = self.handlers.get(kind, Lowering.opaque)(self, node, scope)
        self.depth -= 1
        return lowered

    def lower_all(self, nodes: Iterable[Node], scope: Scope) -> tuple[ir.Node, ...]:
        """Return expressions, without what is no code."""
        return tuple(
            [self._lower(one, kind, scope) for one in nodes if (kind := one.type) not in NOISE]
        )

    def opaque(self, node: Node, scope: Scope) -> ir.Node:
        """Return something of which only the children are looked at."""
        children = [self.lower(c, scope) for c in node.named_children if c.type in self.handlers]
        return ir.Opaque(self.span(node), node.type, tuple(children))


Handler = Callable[[Lowering, "Node", Scope], ir.Node]
"""Lowers one kind of node."""


def first_of(node: Node) -> Node | None:
    """Return the first child that is code."""
    first = node.named_child(0) if node.named_child_count else None
    if first is None or first.type not in COMMENTS:
        return first
    return next((child for child in node.named_children if child.type not in COMMENTS), None)


def kind_of_first(node: Node) -> str:
    """Return of which kind the first child is, be it code or a sign."""
    first = node.child(0) if node.child_count else None
    return first.type if first is not None else ""
