"""Lowers expressions: names, calls, operators, constants."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.parsers.python.literals import (
    constant_of,
    content_of,
    plain_text,
    string_parts,
    text_of,
)
from mtlslint.parsers.python.lowering import (
    HANDLERS,
    ITEMS,
    THROUGH,
    Handler,
    Lowering,
    first_of,
    operands_of,
    spanned,
    symbol_of,
)
from mtlslint.parsers.python.scope import Scope
from mtlslint.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node


def _literal(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return ir.Literal(low.span(node), constant_of(node))


def _ellipsis(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return ir.Opaque(low.span(node), "not written out")


def _string(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    text = plain_text(low.text(node))
    if text is not None:
        return ir.Literal(low.span(node), text)
    prefix, parts = string_parts(node)
    raw = "r" in prefix
    pieces: list[str | ir.Node] = []
    for part in parts[:ITEMS]:
        if part.type == "interpolation":
            pieces.append(low.lower(part.child_by_field_name("expression"), scope))
        else:
            pieces.append(content_of(part, raw))
    span = low.span(node)
    if any(not isinstance(piece, str) for piece in pieces):
        return ir.Template(span, tuple(pieces))
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    return ir.Literal(span, text)


def _concatenated(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    parts = [low.lower(child, scope) for child in node.named_children[:ITEMS]]
    return ir.Operator(low.span(node), "+", tuple(parts))


def _name(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return ir.Name(low.span(node), scope.resolve(low.text(node)))


def _none(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return ir.Name(low.span(node), ("None",))


def _chain(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """Unroll calls, attributes and subscripts into one flat chain."""
    steps: list[ir.Step] = []
    current: Node | None = node
    while current is not None:
        if current.type == "call":
            current = _call(low, current, scope, steps)
        elif current.type == "attribute":
            name = current.child_by_field_name("attribute")
            steps.append(ir.Field(low.span(name or current), text_of(name)))
            current = current.child_by_field_name("object")
        elif current.type == "subscript":
            keys = current.children_by_field_name("subscript")
            index = tuple(low.lower(key, scope) for key in keys)
            steps.append(ir.Index(low.span(keys[0] if keys else current), index))
            current = current.child_by_field_name("value")
        elif current.type in THROUGH:
            current = first_of(current)
        else:
            break
    if current is None:
        return ir.Opaque(low.span(node), "incomplete")
    steps.reverse()
    return _folded(low, current, tuple(steps), scope, node)


def _folded(
    low: Lowering, current: Node, steps: tuple[ir.Step, ...], scope: Scope, whole: Node
) -> ir.Node:
    """Make attributes of modules and classes part of the name."""
    base = low.lower(current, scope)
    if not isinstance(base, ir.Name):
        return ir.Chain(base.span, base, steps) if steps else base
    if base.path == ("super",) and scope.receiver:
        base, steps = _above(base, steps, scope)
    if len(base.path) > 1 or _imported(low, base, current, scope):
        path, start = base.path, base.span.start
        while steps and isinstance(steps[0], ir.Field):
            path, steps = (*path, steps[0].name), steps[1:]
            base = ir.Name(Span(low.path, start, _end_of(low, whole, path)), path)
        if steps and isinstance(steps[0], ir.Method):
            method = steps[0]
            path = (*path, method.name)
            begin = Span(low.path, start, max(start, method.span.end))
            if _lines(whole, start, method.span.end):
                begin = method.span
            base = ir.Name(Span(low.path, begin.start, begin.end), path)
            steps = (ir.Invoke(begin, method.args, method.keywords), *steps[1:])
    return ir.Chain(base.span, base, steps) if steps else base


def _above(
    base: ir.Name, steps: tuple[ir.Step, ...], scope: Scope
) -> tuple[ir.Name, tuple[ir.Step, ...]]:
    """`super().f(..)` is a method of the object, looked up from the class above on."""
    if len(steps) < 2 or not isinstance(steps[0], ir.Invoke) or not isinstance(steps[1], ir.Method):
        return base, steps
    above = replace(steps[1], name=f"super.{steps[1].name}")
    return ir.Name(base.span, (scope.receiver,)), (above, *steps[2:])


def _end_of(low: Lowering, whole: Node, path: ir.Path) -> int:
    return whole.end_byte if whole.type == "attribute" else whole.start_byte + len(".".join(path))


def _lines(whole: Node, start: int, end: int) -> bool:
    """Whether a part of a node stands on several lines."""
    data = whole.text or b""
    return b"\n" in data[start - whole.start_byte : end - whole.start_byte]


def _imported(low: Lowering, base: ir.Node, current: Node, scope: Scope) -> bool:
    if not isinstance(base, ir.Name) or current.type != "identifier":
        return False
    name = low.text(current)
    outer: Scope | None = scope
    while outer is not None:
        if name in outer.imports:
            return True
        if name in outer.names:
            return False
        outer = outer.outer
    return False


def _call(low: Lowering, node: Node, scope: Scope, steps: list[ir.Step]) -> Node | None:
    function = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return None
    args, keywords = _arguments(low, arguments, scope)
    if function.type == "attribute":
        name = function.child_by_field_name("attribute")
        if name is not None:
            span = low.one_line(name, arguments)
            steps.append(ir.Method(span, low.text(name), args, keywords))
            return function.child_by_field_name("object")
    steps.append(ir.Invoke(low.one_line(function, arguments), args, keywords))
    return function


def _arguments(
    low: Lowering, node: Node, scope: Scope
) -> tuple[tuple[ir.Node, ...], tuple[tuple[str, ir.Node], ...]]:
    """Return the arguments; `**` and `*` are keywords of these names."""
    args: list[ir.Node] = []
    keywords: list[tuple[str, ir.Node]] = []
    if node.type == "generator_expression":
        return (low.lower(node, scope),), ()
    for child in node.named_children[:ITEMS]:
        if child.type == "keyword_argument":
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if name is not None and value is not None:
                lowered = spanned(low.lower(value, scope), low.one_line(name, value))
                keywords.append((low.text(name), lowered))
        elif child.type == "dictionary_splat":
            keywords.append(("**", low.lower(first_of(child), scope)))
        elif child.type == "list_splat":
            keywords.append(("*", low.lower(first_of(child), scope)))
        elif child.type != "comment":
            args.append(low.lower(child, scope))
    return tuple(args), tuple(keywords)


def _through(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return low.lower(first_of(node), scope)


def _unary(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    value = low.lower(node.child_by_field_name("argument"), scope)
    return ir.Operator(low.span(node), symbol_of(node), (value,))


def _binary(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    operands = [low.lower(one, scope) for one in operands_of(node)]
    return ir.Operator(low.span(node), symbol_of(node), tuple(operands))


def _not(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    return low.test(node, scope)


def _boolean(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """`a or b` is one of them, not a truth value."""
    span, operands = low.span(node), operands_of(node)
    arms: list[ir.Arm] = []
    for operand in operands[:-1]:
        guard = low.test(operand, scope)
        body = low.lower(operand, scope)
        if symbol_of(node) == "and":
            guard = ir.Operator(span, "not", (guard,))
        arms.append(ir.Arm(None, guard, body))
    arms.append(ir.Arm(None, None, low.lower(operands[-1], scope)))
    return ir.Choice(span, None, tuple(arms))


def _comparison(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    span, operands = low.span(node), node.named_children
    symbols = [child.type for child in node.children if not child.is_named]
    if len(operands) != 2 or not symbols:
        return low.opaque(node, scope)
    left, right = operands
    symbol = _COMPARISONS.get(symbols[0], symbols[0])
    if text_of(left) == "__name__" and text_of(right).strip("\"'") == "__main__":
        return ir.Literal(span, symbol == "==")
    if right.type == "none":
        matches = ir.Matches(span, ir.Exactly(path=("None",)), low.lower(left, scope))
        return matches if symbol == "==" else ir.Operator(span, "not", (matches,))
    return ir.Operator(span, symbol, (low.lower(left, scope), low.lower(right, scope)))


_COMPARISONS = {"is": "==", "is not": "!=", "<>": "!="}


def _conditional(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    parts = [child for child in node.named_children if child.type != "comment"]
    if len(parts) != 3:
        return low.opaque(node, scope)
    then, guard, other = parts
    arms = (
        ir.Arm(None, low.test(guard, scope), low.lower(then, scope)),
        ir.Arm(None, None, low.lower(other, scope)),
    )
    return ir.Choice(low.span(node), None, arms)


def _walrus(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    target = low.lower(name, scope)
    body = (
        ir.Assign(low.span(node), target, "=", low.lower(value, scope)),
        ir.Give(target.span, target),
    )
    return ir.Block(low.span(node), body)


_EXPRESSIONS: dict[str, Handler] = {
    "integer": _literal,
    "float": _literal,
    "true": _literal,
    "false": _literal,
    "none": _none,
    "ellipsis": _ellipsis,
    "string": _string,
    "concatenated_string": _concatenated,
    "identifier": _name,
    "call": _chain,
    "attribute": _chain,
    "subscript": _chain,
    "await": _chain,
    "parenthesized_expression": _chain,
    "as_pattern": _through,
    "yield": _through,
    "list_splat": _through,
    "unary_operator": _unary,
    "binary_operator": _binary,
    "not_operator": _not,
    "boolean_operator": _boolean,
    "comparison_operator": _comparison,
    "conditional_expression": _conditional,
    "named_expression": _walrus,
    "comment": _ellipsis,
}
HANDLERS.update(_EXPRESSIONS)
