"""A file on its way into the evaluator's code: spans, and which handler lowers what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mtlslint.code import ir, items
from mtlslint.parsers.python.scope import Scope
from mtlslint.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_DEPTH = 45
ITEMS = 400
_LARGE = 1000
_new = tuple.__new__  # Half the time of a NamedTuple's own constructor; all code has spans.
MAPPING: ir.Path = ("mapping",)
THROUGH = frozenset({"parenthesized_expression", "await", "type", "keyword_pattern"})


@dataclass(slots=True)
class Lowering:
    """One file on its way into the IR."""

    path: str
    data: bytes
    package: ir.Path = ()
    test_file: bool = False
    module: ir.Path = ()
    depth: int = 0
    wanted: set[int] = field(default_factory=set)
    functions: list[items.Function] = field(default_factory=list)
    types: dict[str, dict[str, ir.Path]] = field(default_factory=dict)
    bases: dict[str, tuple[ir.Path, ...]] = field(default_factory=dict)

    def span(self, first: Node, last: Node | None = None) -> Span:
        """Return the span from the start of one node to the end of another."""
        return _new(Span, (self.path, first.start_byte, (last or first).end_byte))

    def text(self, node: Node) -> str:
        """Return a node's text."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def is_idle(self, node: Node) -> bool:
        """Whether a statement of a module or class is a long table that nobody asks for."""
        if node.end_byte - node.start_byte < _LARGE or node.id in self.wanted:
            return False
        inner = first_of(node) if node.type == "expression_statement" else None
        return inner is not None and inner.type == "assignment"

    def span_of_nothing(self) -> Span:
        """Return a span for what isn't there."""
        return Span(self.path, 0, 0)

    def one_line(self, first: Node, last: Node) -> Span:
        """Return the span of both if they are on one line, else the first one's."""
        if first.start_point.row == last.end_point.row:
            return self.span(first, last)
        if first.start_point.row == first.end_point.row:
            return self.span(first)
        return Span(self.path, first.start_byte, _line_end(first))

    def lower(self, node: Node | None, scope: Scope) -> ir.Node:
        """Return an expression."""
        if node is None:
            return ir.Opaque(Span(self.path, 0, 0), "missing")
        if self.depth >= _DEPTH:
            return ir.Opaque(self.span(node), "too deeply nested")
        self.depth += 1
        lowered = HANDLERS.get(node.type, Lowering.opaque)(self, node, scope)
        self.depth -= 1
        return lowered

    def opaque(self, node: Node, scope: Scope) -> ir.Node:
        """Return something of which only the children are looked at."""
        children = [self.lower(c, scope) for c in node.named_children[:ITEMS]]
        return ir.Opaque(self.span(node), node.type, tuple(children))

    def test(self, node: Node | None, scope: Scope) -> ir.Node:
        """Return a condition, of which only the truth counts."""
        while node is not None and node.type == "parenthesized_expression":
            node = first_of(node)
        if node is not None and node.type == "boolean_operator":
            operands = [self.test(one, scope) for one in operands_of(node)]
            return ir.Operator(self.span(node), symbol_of(node), tuple(operands))
        if node is not None and node.type == "not_operator":
            inner = self.test(node.child_by_field_name("argument"), scope)
            return ir.Operator(self.span(node), "not", (inner,))
        return self.lower(node, scope)


def _line_end(node: Node) -> int:
    """Return where the first line of a node that has several ends."""
    data = node.text or b""
    line = data.split(b"\n", 1)[0].rstrip()
    return node.start_byte + len(line)


def spanned(node: ir.Node, span: Span) -> ir.Node:
    """Return an expression with another span."""
    if isinstance(node, ir.Literal):
        return ir.Literal(span, node.value)
    return ir.Name(span, node.path) if isinstance(node, ir.Name) else replace(node, span=span)


def first_of(node: Node) -> Node | None:
    """Return the first child that isn't a comment."""
    first = node.named_child(0) if node.named_child_count else None
    if first is None or first.type != "comment":
        return first
    return next((child for child in node.named_children if child.type != "comment"), None)


def operands_of(node: Node) -> list[Node]:
    """Return the operands of a chain of the same operator; such chains lean left."""
    kind, symbol = node.type, symbol_of(node)
    found: list[Node] = []
    current: Node | None = node
    while current is not None and current.type == kind and symbol_of(current) == symbol:
        right = current.child_by_field_name("right")
        if right is not None:
            found.append(right)
        current = current.child_by_field_name("left")
    if current is not None:
        found.append(current)
    return found[::-1]


def symbol_of(node: Node) -> str:
    """Return the operator of an expression or assignment."""
    operator = node.child_by_field_name("operator")
    return operator.type if operator is not None else ""


Handler = Callable[[Lowering, "Node", Scope], ir.Node]
HANDLERS: dict[str, Handler] = {}
"""How each kind of expression is lowered; the modules that do it enter themselves."""
