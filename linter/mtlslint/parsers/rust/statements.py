"""Lowers statements and what chooses between them: blocks, bindings, `if`, `match`, loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.parsers.rust import attributes
from mtlslint.parsers.rust.lowering import COMMENTS, Handler, Lowering, first_of, kind_of_first
from mtlslint.parsers.rust.patterns import lower_pattern
from mtlslint.parsers.rust.uses import Scope, add_use, text_of, type_path

if TYPE_CHECKING:
    from tree_sitter import Node

_ITEMS = frozenset(
    {"function_item", "impl_item", "struct_item", "enum_item", "mod_item", "trait_item"}
)


_TEST = ir.Condition("test", True)
_LABELS = COMMENTS | {"label"}


def _if(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    arms: list[ir.Arm] = []
    current: Node | None = node
    while current is not None and current.type == "if_expression":
        guard = low.lower(current.child_by_field_name("condition"), scope)
        body = low.lower(current.child_by_field_name("consequence"), scope)
        arms.append(ir.Arm(None, guard, body))
        clause = current.child_by_field_name("alternative")
        current = first_of(clause) if clause is not None else None
    if current is not None:
        arms.append(ir.Arm(None, None, low.lower(current, scope)))
    return ir.Choice(low.between(node.start_byte, node.start_byte + 2), None, tuple(arms))


def _let_condition(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    value = low.lower(node.child_by_field_name("value"), scope)
    pattern = lower_pattern(node.child_by_field_name("pattern"), scope)
    return ir.Matches(value.span, pattern, value)


def _let_chain(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    tests = tuple(low.lower(c, scope) for c in node.named_children if c.type not in COMMENTS)
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
    return ir.Block(low.span(node), lower_body(low, node, Scope(scope)), _label(node))


def _label(node: Node) -> str:
    """Return the name of a loop or block."""
    label = node.named_child(0) if kind_of_first(node) == "label" else None
    return text_of(label) if label is not None else ""


def lower_body(low: Lowering, node: Node, scope: Scope) -> tuple[ir.Node, ...]:
    """Return the statements of a block."""
    children = [(kind, one) for one in node.named_children if (kind := one.type) not in COMMENTS]
    for kind, child in children:
        if kind == "use_declaration":
            add_use(scope, child)
    body: list[ir.Node] = []
    worth: list[tuple[tuple[ir.Condition, ...], ir.Node]] = []
    marks = attributes.NONE
    last = len(children)
    for number, (kind, child) in enumerate(children, 1):
        if kind == "attribute_item":
            marks = marks.reading(child)
            continue
        statements = _statement(low, kind, child, scope, number == last)
        if not worth and marks is attributes.NONE:
            body += statements
            continue
        conditions = (*((_TEST,) if marks.test else ()), *marks.conditions)
        marks = attributes.NONE
        if conditions and _has_value(child):
            worth += [(conditions, one) for one in statements]
        else:
            body += [_under(*one) for one in worth]
            body += [_under(conditions, one) for one in statements]
            worth = []
    if worth:
        body.append(_last_of(worth))
    return tuple(body)


def _has_value(node: Node) -> bool:
    """Whether a statement is what its block is worth, if no other comes after it."""
    if node.type == "expression_statement":
        return node.children[-1].type != ";"
    return node.type not in (*_ITEMS, "let_declaration", "const_item", "static_item", "ERROR")


def _under(conditions: tuple[ir.Condition, ...], node: ir.Node) -> ir.Node:
    return ir.Guarded(node.span, conditions, node) if conditions else node


def _last_of(worth: list[tuple[tuple[ir.Condition, ...], ir.Node]]) -> ir.Node:
    """Return the last statement of a block, one of several by what is built."""
    arms = []
    for conditions, node in worth:
        guard = ir.Guarded(node.span, conditions, ir.Literal(node.span, True))
        arms.append(ir.Arm(None, guard, node.value if isinstance(node, ir.Give) else node))
    span = worth[0][1].span
    return ir.Give(span, ir.Choice(span, None, tuple(arms)))


def _statement(low: Lowering, kind: str, node: Node, scope: Scope, last: bool) -> list[ir.Node]:
    if kind in ("use_declaration", "label", "empty_statement"):
        return []
    if kind in _ITEMS:
        low.items.append((node, scope, low.offset))
        return []
    if kind in ("const_item", "static_item"):
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None:
            return []
        return [ir.Bind(low.span(name), ir.Capture(text_of(name)), low.lower(value, scope))]
    if kind == "expression_statement":
        inner = low.lower(first_of(node), scope)
        return [ir.Give(inner.span, inner) if last and _has_value(node) else inner]
    lowered = low.lower(node, scope)
    if last and kind not in ("let_declaration", "ERROR"):
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
    symbol = _symbol(node) or "="
    value = low.lower(right, scope)
    span = low.one_line(left, right) if left is not None and right is not None else low.span(node)
    return ir.Assign(span, target, symbol, value)


def _return(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    inner = first_of(node)
    value = low.lower(inner, scope) if inner is not None else None
    return ir.Return(low.between(node.start_byte, node.start_byte + 6), value)


def _leave(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    again = node.type == "continue_expression"
    label = next((one for one in node.named_children if one.type == "label"), None)
    inner = next((one for one in node.named_children if one.type not in _LABELS), None)
    value = low.lower(inner, scope) if inner is not None and not again else None
    name = text_of(label) if label is not None else ""
    return ir.Leave(low.span(node), again, value=value, label=name)


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
        _label(node),
    )


def _symbol(node: Node) -> str:
    operator = node.child_by_field_name("operator")
    return operator.type if operator is not None else ""


HANDLERS: dict[str, Handler] = {
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
}
