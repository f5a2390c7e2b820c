"""Lowers what holds others: lists, dictionaries, comprehensions, anonymous functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.code.patterns import names_in
from mtlslint.parsers.python.literals import text_of
from mtlslint.parsers.python.lowering import (
    HANDLERS,
    ITEMS,
    MAPPING,
    THROUGH,
    Handler,
    Lowering,
    first_of,
    spanned,
)
from mtlslint.parsers.python.scope import Scope

if TYPE_CHECKING:
    from tree_sitter import Node


def _series(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    children = [child for child in node.named_children if child.type != "comment"]
    if len(children) > ITEMS or any(child.type == "list_splat" for child in children):
        return low.opaque(node, scope)
    return ir.Series(low.span(node), tuple(low.lower(child, scope) for child in children))


def _mapping(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """A dictionary; keys that aren't constants make it open."""
    fields: list[tuple[str, ir.Node]] = []
    for child in node.named_children[:ITEMS]:
        if child.type == "dictionary_splat":
            fields.append(("**", low.lower(first_of(child), scope)))
        elif child.type == "pair":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is None or value is None:
                continue
            lowered = low.lower(value, scope)
            if isinstance(lowered, (ir.Literal, ir.Name)):
                lowered = spanned(lowered, low.one_line(key, value))
            fields.append((_key(low, key, scope), lowered))
    return ir.Record(low.span(node), MAPPING, tuple(fields))


def _key(low: Lowering, node: Node, scope: Scope) -> str:
    lowered = low.lower(node, scope)
    if isinstance(lowered, ir.Literal) and lowered.value is not None:
        return str(lowered.value)
    return "?"


def _comprehension(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """Run for what it does; what it makes isn't followed."""
    clauses = [one for one in node.named_children if one.type == "for_in_clause"]
    names = {
        name
        for one in clauses
        for name in names_in(target_pattern(one.child_by_field_name("left")))
    }
    scope = Scope(scope.module, scope, names=names)
    body = low.lower(node.child_by_field_name("body"), scope)
    for clause in reversed(node.named_children):
        if clause.type == "if_clause":
            guard = low.test(first_of(clause), scope)
            body = ir.Choice(body.span, None, (ir.Arm(None, guard, body),))
        elif clause.type == "for_in_clause":
            items = low.lower(clause.child_by_field_name("right"), scope)
            pattern = target_pattern(clause.child_by_field_name("left"))
            body = ir.Loop(low.span(clause), pattern, items, None, body)
    return ir.Opaque(low.span(node), "made in a comprehension", (body,))


def target_pattern(node: Node | None) -> ir.Pattern:
    """Return the pattern of an assignment's or loop's left side."""
    if node is None or node.type in ("attribute", "subscript"):
        return ir.Capture("_")
    if node.type == "identifier":
        return ir.Capture(text_of(node))
    if node.type in ("pattern_list", "tuple_pattern", "list_pattern", "tuple", "list"):
        children = [child for child in node.named_children if child.type != "comment"]
        if not any("splat" in child.type for child in children):
            parts = tuple((None, target_pattern(child)) for child in children[:50])
            return ir.Shape((), parts)
    inner = first_of(node)
    return target_pattern(inner) if inner is not None and node.type in THROUGH else ir.Capture("_")


def _lambda(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    parameters = node.child_by_field_name("parameters")
    names = [text_of(_parameter_name(c)) for c in parameters.named_children] if parameters else []
    inner = Scope(scope.module, scope, names=set(names))
    body = low.lower(node.child_by_field_name("body"), inner)
    params = tuple(ir.Capture(name) for name in names)
    return ir.Closure(low.one_line(node.children[0], node), params, body)


def _parameter_name(node: Node) -> Node | None:
    while node.type != "identifier":
        inner = node.child_by_field_name("name") or first_of(node)
        if inner is None:
            return None
        node = inner
    return node


_COLLECTIONS: dict[str, Handler] = {
    "tuple": _series,
    "list": _series,
    "set": _series,
    "expression_list": _series,
    "dictionary": _mapping,
    "list_comprehension": _comprehension,
    "set_comprehension": _comprehension,
    "dictionary_comprehension": _comprehension,
    "generator_expression": _comprehension,
    "lambda": _lambda,
    "pair": _series,
}
HANDLERS.update(_COLLECTIONS)
