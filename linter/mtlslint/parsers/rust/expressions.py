"""Lowers the bodies of functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.parsers.rust import attributes, macros
from mtlslint.parsers.rust.literals import constant_of
from mtlslint.parsers.rust.patterns import lower_pattern
from mtlslint.parsers.rust.uses import Scope, add_use, path_of, text_of, type_path
from mtlslint.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

_DEPTH = 45
_COMMENTS = frozenset({"line_comment", "block_comment"})
_NOISE = _COMMENTS | {"attribute_item"}
_ITEMS = frozenset(
    {"function_item", "impl_item", "struct_item", "enum_item", "mod_item", "trait_item"}
)
_THROUGH = frozenset(
    {"parenthesized_expression", "await_expression", "unsafe_block", "const_block"}
)


@dataclass
class Lowering:
    """One file on its way into the IR. `offset` is where the parsed text begins in the file."""

    path: str
    parser: Parser
    size: int
    offset: int = 0
    depth: int = 0
    items: list[tuple[Node, Scope, int]] = field(default_factory=list)

    def span(self, first: Node, last: Node | None = None) -> Span:
        """Return the span from the start of one node to the end of another."""
        return self.between(first.start_byte, (last or first).end_byte)

    def between(self, start: int, end: int) -> Span:
        """Return a span given in offsets of the parsed text."""
        start = min(max(start + self.offset, 0), self.size)
        return Span(self.path, start, min(max(end + self.offset, start), self.size))

    def one_line(self, first: Node, last: Node) -> Span:
        """Return the span of both if they are on one line, else the first one's."""
        together = first.start_point.row == last.end_point.row
        return self.span(first, last if together else first)

    def lower(self, node: Node | None, scope: Scope) -> ir.Node:
        """Return an expression or statement."""
        if node is None:
            return ir.Opaque(Span(self.path, 0, 0), "missing")
        if self.depth >= _DEPTH:
            return ir.Opaque(self.span(node), "too deeply nested")
        self.depth += 1
        try:
            handler = _HANDLERS.get(node.type)
            if handler is not None:
                return handler(self, node, scope)
            return self.opaque(node, scope)
        finally:
            self.depth -= 1

    def body(self, node: Node, scope: Scope) -> tuple[ir.Node, ...]:
        """Return the statements of a block."""
        return lower_body(self, node, scope)

    def opaque(self, node: Node, scope: Scope) -> ir.Node:
        """Return something of which only the children are looked at."""
        children = [self.lower(c, scope) for c in node.named_children if c.type in _HANDLERS]
        return ir.Opaque(self.span(node), node.type, tuple(children))


def _first(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.type not in _COMMENTS), None)


def _literal(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return ir.Literal(low.span(node), constant_of(node))


def _name(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    path = path_of(node)
    if not path:
        return ir.Opaque(low.span(node), "a path that isn't understood")
    first = node
    if node.start_point.row != node.end_point.row:
        first = node.child_by_field_name("name") or node
    return ir.Name(low.span(first), scope.resolve(path))


def _chain(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """Unroll calls, fields, `?` and the rest into one flat chain."""
    steps: list[ir.Step] = []
    current = node
    while True:
        inner: Node | None
        if current.type == "call_expression":
            inner = _call(low, current, scope, steps)
        elif current.type == "field_expression":
            inner = current.child_by_field_name("value")
            name = current.child_by_field_name("field")
            if name is not None:
                steps.append(ir.Field(low.span(name), text_of(name)))
        elif current.type == "try_expression":
            inner = _first(current)
            steps.append(ir.Check(low.between(current.end_byte - 1, current.end_byte)))
        elif current.type == "index_expression":
            inner = _index(low, current, scope, steps)
        elif current.type in ("await_expression", "parenthesized_expression"):
            inner = _first(current)
        elif current.type == "type_cast_expression":
            inner = current.child_by_field_name("value")
        elif steps and current.type in ("reference_expression", "unary_expression"):
            # A method's receiver is borrowed and dereferenced at will.
            if current.type == "unary_expression" and current.children[0].type != "*":
                break
            inner = current.child_by_field_name("value") or current.named_children[-1]
        else:
            break
        if inner is None:
            return ir.Opaque(low.span(current), "incomplete")
        current = inner
    base = low.lower(current, scope)
    return ir.Chain(base.span, base, tuple(reversed(steps))) if steps else base


def _call(low: Lowering, node: Node, scope: Scope, steps: list[ir.Step]) -> Node | None:
    function = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return None
    if function.type == "generic_function":
        function = function.child_by_field_name("function") or function
    args = tuple(low.lower(c, scope) for c in arguments.named_children if c.type not in _NOISE)
    if function.type == "field_expression":
        name = function.child_by_field_name("field")
        if name is not None:
            steps.append(ir.Method(low.one_line(name, arguments), text_of(name), args))
            return function.child_by_field_name("value")
    steps.append(ir.Invoke(low.one_line(function, arguments), args))
    return function


def _index(low: Lowering, node: Node, scope: Scope, steps: list[ir.Step]) -> Node | None:
    if len(node.named_children) < 2:
        return None
    key = low.lower(node.named_children[1], scope)
    steps.append(ir.Index(low.span(node.named_children[1]), (key,)))
    return node.named_children[0]


def _reference(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    mutable = any(child.type == "mutable_specifier" for child in node.children)
    value = low.lower(node.child_by_field_name("value"), scope)
    return ir.Borrow(value.span, value, mutable)


def _unary(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    symbol = node.children[0].type
    value = low.lower(_first(node), scope)
    if symbol == "*":
        return value
    return ir.Operator(low.span(node), "not" if symbol == "!" else symbol, (value,))


_SYMBOLS = {"&&": "and", "||": "or"}


def _binary(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """`a | b | c` leans left: take operands off as long as the operator is the same."""
    symbol = _operator_of(node)
    operands: list[ir.Node] = []
    current = node
    while current.type == "binary_expression" and _operator_of(current) == symbol:
        operands.append(low.lower(current.child_by_field_name("right"), scope))
        left = current.child_by_field_name("left")
        if left is None:
            break
        current = left
    operands.append(low.lower(current, scope))
    return ir.Operator(low.span(current), _SYMBOLS.get(symbol, symbol), tuple(reversed(operands)))


def _operator_of(node: Node) -> str:
    operator = node.child_by_field_name("operator")
    return operator.type if operator is not None else ""


def _struct(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None:
        return low.opaque(node, scope)
    fields: list[tuple[str, ir.Node]] = []
    base: ir.Node | None = None
    for child in body.named_children:
        if child.type == "field_initializer":
            key = child.child_by_field_name("field")
            value = child.child_by_field_name("value")
            if key is not None and value is not None:
                fields.append((text_of(key), low.lower(value, scope)))
        elif child.type == "shorthand_field_initializer" and (inner := _shorthand(child)):
            fields.append((text_of(inner), low.lower(inner, scope)))
        elif child.type == "base_field_initializer":
            base = low.lower(_first(child), scope)
    path = scope.resolve(path_of(name))
    return ir.Record(low.span(name), path or ("?",), tuple(fields), base)


def _shorthand(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.type == "identifier"), None)


def _series(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    items = [low.lower(c, scope) for c in node.named_children if c.type not in _NOISE]
    return ir.Series(low.span(node), tuple(items))


def _closure(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    parameters = node.child_by_field_name("parameters")
    params: list[ir.Pattern] = []
    for child in parameters.children if parameters else ():
        if child.type == "_":
            params.append(ir.Capture("_"))
        elif child.is_named and child.type not in _COMMENTS:
            params.append(lower_pattern(child, scope))
    body = low.lower(node.child_by_field_name("body"), Scope(scope))
    return ir.Closure(low.span(parameters or node), tuple(params), body)


def _async(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """An async block is a closure that is run where it stands."""
    block = next((child for child in node.named_children if child.type == "block"), None)
    span = low.between(node.start_byte, node.start_byte + 5)
    closure = ir.Closure(span, (), low.lower(block, scope))
    return ir.Chain(span, closure, (ir.Invoke(span),))


def _through(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return low.lower(_first(node), scope)


def _if(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    arms: list[ir.Arm] = []
    current: Node | None = node
    while current is not None and current.type == "if_expression":
        guard = low.lower(current.child_by_field_name("condition"), scope)
        body = low.lower(current.child_by_field_name("consequence"), scope)
        arms.append(ir.Arm(None, guard, body))
        clause = current.child_by_field_name("alternative")
        current = _first(clause) if clause is not None else None
    if current is not None:
        arms.append(ir.Arm(None, None, low.lower(current, scope)))
    return ir.Choice(low.between(node.start_byte, node.start_byte + 2), None, tuple(arms))


def _let_condition(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    value = low.lower(node.child_by_field_name("value"), scope)
    pattern = lower_pattern(node.child_by_field_name("pattern"), scope)
    return ir.Matches(value.span, pattern, value)


def _let_chain(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    tests = tuple(low.lower(c, scope) for c in node.named_children if c.type not in _COMMENTS)
    return ir.Operator(low.span(node), "and", tests)


def _match(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    body = node.child_by_field_name("body")
    arms: list[ir.Arm] = []
    for child in body.named_children if body else ():
        if child.type == "match_arm":
            arm, marks = _arm(low, child, scope)
            if not marks.test:
                arms.append(arm)
    subject = low.lower(node.child_by_field_name("value"), scope)
    return ir.Choice(low.between(node.start_byte, node.start_byte + 5), subject, tuple(arms))


def _arm(low: Lowering, node: Node, scope: Scope) -> tuple[ir.Arm, attributes.Attributes]:
    marks = attributes.NONE
    for child in node.children:
        if child.type == "attribute_item":
            marks = marks.reading(child)
    holder = node.child_by_field_name("pattern")
    condition = holder.child_by_field_name("condition") if holder else None
    inner = next((c for c in holder.children if c != condition), None) if holder else None
    guard = low.lower(condition, scope) if condition is not None else None
    if marks.conditions:
        span = low.span(holder or node)
        built = ir.Guarded(span, marks.conditions, ir.Literal(span, True))
        guard = built if guard is None else ir.Operator(span, "and", (built, guard))
    body = low.lower(node.child_by_field_name("value"), scope)
    return ir.Arm(lower_pattern(inner, scope), guard, body), marks


def _block(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return ir.Block(
        low.between(node.start_byte, node.end_byte), lower_body(low, node, Scope(scope))
    )


def lower_body(low: Lowering, node: Node, scope: Scope) -> tuple[ir.Node, ...]:
    """Return the statements of a block."""
    children = [child for child in node.named_children if child.type not in _COMMENTS]
    for child in children:
        if child.type == "use_declaration":
            add_use(scope, child)
    body: list[ir.Node] = []
    marks = attributes.NONE
    last = children[-1] if children else None
    for child in children:
        if child.type == "attribute_item":
            marks = marks.reading(child)
            continue
        for statement in _statement(low, child, scope, child == last):
            if marks.conditions and not isinstance(statement, ir.Give):
                statement = ir.Guarded(statement.span, marks.conditions, statement)
            body.append(statement)
        marks = attributes.NONE
    return tuple(body)


def _statement(low: Lowering, node: Node, scope: Scope, last: bool) -> list[ir.Node]:
    if node.type == "use_declaration" or node.type == "label":
        return []
    if node.type in _ITEMS:
        low.items.append((node, scope, low.offset))
        return []
    if node.type in ("const_item", "static_item"):
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None:
            return []
        return [ir.Bind(low.span(name), ir.Capture(text_of(name)), low.lower(value, scope))]
    if node.type == "expression_statement":
        inner = low.lower(_first(node), scope)
        ends = node.children[-1].type == ";" if node.children else True
        return [inner if ends or not last else ir.Give(inner.span, inner)]
    if node.type == "empty_statement":
        return []
    lowered = low.lower(node, scope)
    if last and node.type not in ("let_declaration", "ERROR"):
        return [ir.Give(lowered.span, lowered)]
    return [lowered]


def _let(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    pattern_node = node.child_by_field_name("pattern")
    value = node.child_by_field_name("value")
    otherwise = node.child_by_field_name("alternative")
    return ir.Bind(
        low.span(pattern_node or node),
        lower_pattern(pattern_node, scope),
        low.lower(value, scope) if value is not None else None,
        low.lower(otherwise, scope) if otherwise is not None else None,
        type_path(node.child_by_field_name("type"), scope),
    )


def _assign(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    target = low.lower(left, scope)
    symbol = _operator_of(node) or "="
    value = low.lower(right, scope)
    span = low.one_line(left, right) if left is not None and right is not None else low.span(node)
    return ir.Assign(span, target, symbol, value)


def _return(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    inner = _first(node)
    value = low.lower(inner, scope) if inner is not None else None
    return ir.Return(low.between(node.start_byte, node.start_byte + 6), value)


def _leave(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return ir.Leave(low.span(node), again=node.type == "continue_expression")


def _loop(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    pattern = node.child_by_field_name("pattern")
    items = node.child_by_field_name("value")
    guard = node.child_by_field_name("condition")
    return ir.Loop(
        low.between(node.start_byte, node.start_byte + 3),
        lower_pattern(pattern, scope) if pattern is not None else None,
        low.lower(items, scope) if items is not None else None,
        low.lower(guard, scope) if guard is not None else None,
        low.lower(node.child_by_field_name("body"), scope),
    )


def _error(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return low.opaque(node, scope)


_HANDLERS: dict[str, Callable[[Lowering, Node, Scope], ir.Node]] = {
    "string_literal": _literal,
    "raw_string_literal": _literal,
    "integer_literal": _literal,
    "float_literal": _literal,
    "boolean_literal": _literal,
    "char_literal": _literal,
    "identifier": _name,
    "self": _name,
    "scoped_identifier": _name,
    "generic_function": _through,
    "call_expression": _chain,
    "field_expression": _chain,
    "try_expression": _chain,
    "index_expression": _chain,
    "await_expression": _chain,
    "parenthesized_expression": _chain,
    "type_cast_expression": _chain,
    "unsafe_block": _through,
    "const_block": _through,
    "reference_expression": _reference,
    "unary_expression": _unary,
    "binary_expression": _binary,
    "struct_expression": _struct,
    "tuple_expression": _series,
    "array_expression": _series,
    "unit_expression": _series,
    "closure_expression": _closure,
    "async_block": _async,
    "if_expression": _if,
    "let_condition": _let_condition,
    "let_chain": _let_chain,
    "match_expression": _match,
    "block": _block,
    "let_declaration": _let,
    "assignment_expression": _assign,
    "compound_assignment_expr": _assign,
    "return_expression": _return,
    "break_expression": _leave,
    "continue_expression": _leave,
    "loop_expression": _loop,
    "while_expression": _loop,
    "for_expression": _loop,
    "expression_statement": _through,
    "macro_invocation": macros.lower_macro,
    "ERROR": _error,
}
