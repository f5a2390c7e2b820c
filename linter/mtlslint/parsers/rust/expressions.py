"""Lowers expressions; method chains become flat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.parsers.rust import arms
from mtlslint.parsers.rust.literals import constant_of
from mtlslint.parsers.rust.lowering import (
    COMMENTS,
    NOISE,
    Handler,
    Lowering,
    first_of,
    kind_of_first,
)
from mtlslint.parsers.rust.patterns import lower_pattern, variant_pattern
from mtlslint.parsers.rust.uses import Scope, path_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node


def _literal(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return ir.Literal(low.span(node), constant_of(node))


def _name(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    span, name = low.named(node)
    return ir.Name(span, scope.value((name,)))


def _path(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    path = path_of(node)
    if not path:
        return ir.Opaque(low.span(node), "a path that isn't understood")
    first = node
    if node.start_point.row != node.end_point.row:
        first = node.child_by_field_name("name") or node
    return ir.Name(low.span(first), scope.value(path))


def _chain(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """Unroll calls, fields, `?` and the rest into one flat chain."""
    steps: list[ir.Step] = []
    current = node
    while True:
        inner: Node | None
        kind = current.type
        if kind == "call_expression":
            inner = _call(low, current, scope, steps)
        elif kind == "field_expression":
            inner = current.child_by_field_name("value")
            name = current.child_by_field_name("field")
            if name is not None:
                steps.append(ir.Field(*low.named(name)))
        elif kind == "try_expression":
            inner = first_of(current)
            steps.append(ir.Check(low.between(current.end_byte - 1, current.end_byte)))
        elif kind == "index_expression":
            inner = _index(low, current, scope, steps)
        elif kind in ("await_expression", "parenthesized_expression"):
            inner = first_of(current)
        elif kind == "type_cast_expression":
            inner = current.child_by_field_name("value")
        elif steps and kind in ("reference_expression", "unary_expression"):
            # A method's receiver is borrowed and dereferenced at will.
            if kind == "unary_expression" and kind_of_first(current) != "*":
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
    args = low.lower_all(arguments.named_children, scope)
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
    first = first_of(node)
    mutable = first is not None and first.type == "mutable_specifier"
    value = low.lower(node.child_by_field_name("value"), scope)
    return ir.Borrow(value.span, value, mutable)


def _unary(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    symbol = kind_of_first(node)
    value = low.lower(first_of(node), scope)
    if symbol == "*":
        return value
    return ir.Operator(low.span(node), "not" if symbol == "!" else symbol, (value,))


_SYMBOLS = {"&&": "and", "||": "or"}


def _binary(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """`a | b | c` leans left: take operands off as long as the operator is the same."""
    symbol = _operator_of(node)
    if symbol in ("==", "!="):
        variant = variant_pattern(node.child_by_field_name("right"), scope)
        if variant is not None:
            value = low.lower(node.child_by_field_name("left"), scope)
            test = ir.Matches(value.span, variant, value)
            return test if symbol == "==" else ir.Operator(value.span, "not", (test,))
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
            base = low.lower(first_of(child), scope)
    path = scope.resolve(path_of(name))
    return ir.Record(low.span(name), path or ("?",), tuple(fields), base)


def _shorthand(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.type == "identifier"), None)


def _series(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    length = node.child_by_field_name("length")
    if length is not None:
        return _repeated(low, node, length, scope)
    return ir.Series(low.span(node), low.lower_all(node.named_children, scope))


_LONGEST = 16
"""Elements of an array of equal ones up to which it is written out: those of an address."""


def _repeated(low: Lowering, node: Node, length: Node, scope: Scope) -> ir.Node:
    count = low.lower(length, scope)
    items = [c for c in node.named_children if c.type not in NOISE and c != length]
    number = count.value if isinstance(count, ir.Literal) else None
    if len(items) != 1 or not isinstance(number, int) or number > _LONGEST:
        return ir.Opaque(low.span(node), "an array")
    return ir.Series(low.span(node), (low.lower(items[0], scope),) * number)


def _closure(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    parameters = node.child_by_field_name("parameters")
    params: list[ir.Pattern] = []
    for child in parameters.children if parameters else ():
        if child.type == "_":
            params.append(ir.Capture("_"))
        elif child.is_named and child.type not in COMMENTS:
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
    return low.lower(first_of(node), scope)


def _error(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return low.opaque(node, scope)


HANDLERS: dict[str, Handler] = {
    "string_literal": _literal,
    "raw_string_literal": _literal,
    "integer_literal": _literal,
    "float_literal": _literal,
    "boolean_literal": _literal,
    "char_literal": _literal,
    "identifier": _name,
    "self": _name,
    "scoped_identifier": _path,
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
    "expression_statement": _through,
    "macro_invocation": arms.lower_invocation,
    "ERROR": _error,
}
