"""Lowers patterns: the left side of `let`, arms of `match`, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code.ir import AnyOf, Capture, Exactly, Pattern, Shape
from mtlslint.parsers.rust.literals import constant_of
from mtlslint.parsers.rust.uses import Scope, path_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

WILD = Capture("_")
_DEPTH = 20
_LITERALS = frozenset(
    {
        "string_literal",
        "raw_string_literal",
        "integer_literal",
        "boolean_literal",
        "char_literal",
        "negative_literal",
        "float_literal",
    }
)
_THROUGH = frozenset({"ref_pattern", "mut_pattern", "reference_pattern", "match_pattern"})


def lower_pattern(node: Node | None, scope: Scope, depth: int = 0) -> Pattern:
    """Return a pattern; one that isn't understood matches anything."""
    if node is None or depth > _DEPTH:
        return WILD
    kind = node.type
    if kind in _THROUGH:
        inner = [child for child in node.named_children if child.type != "mutable_specifier"]
        return lower_pattern(inner[0], scope, depth + 1) if inner else WILD
    if kind == "identifier":
        return _identifier(node, scope)
    if kind == "scoped_identifier":
        return Exactly(path=scope.resolve(path_of(node)))
    if kind in _LITERALS:
        return Exactly(constant_of(node))
    if kind in ("tuple_struct_pattern", "tuple_pattern", "slice_pattern"):
        return _tuple(node, scope, depth)
    if kind == "struct_pattern":
        return _struct(node, scope, depth)
    if kind == "or_pattern":
        options = (lower_pattern(child, scope, depth + 1) for child in node.named_children)
        return AnyOf(tuple(options))
    if kind == "captured_pattern" and len(node.named_children) == 2:
        name, inner_node = node.named_children
        scope.locals.add(text_of(name))
        return Capture(text_of(name), lower_pattern(inner_node, scope, depth + 1))
    return (
        WILD
        if kind != "parameter"
        else lower_pattern(node.child_by_field_name("pattern"), scope, depth + 1)
    )


def variant_pattern(node: Node | None, scope: Scope) -> Pattern | None:
    """Return a variant with constants as the pattern that it is equal to: `Refused(Expired)`."""
    function = node.child_by_field_name("function") if node is not None else None
    arguments = node.child_by_field_name("arguments") if node is not None else None
    path = path_of(function) if function is not None else ()
    if not path or arguments is None or not path[-1][:1].isupper():
        return None
    parts: list[tuple[str | None, Pattern]] = []
    for child in arguments.named_children:
        inner = path_of(child)
        if not inner or not inner[-1][:1].isupper() or inner[-1].isupper():
            return None
        parts.append((None, Exactly(path=scope.resolve(inner))))
    return Shape(scope.resolve(path), tuple(parts))


def _identifier(node: Node, scope: Scope) -> Pattern:
    name = text_of(node)
    if name[:1].isupper():
        return Exactly(path=scope.resolve((name,)))
    scope.locals.add(name)
    return Capture(name)


def _tuple(node: Node, scope: Scope, depth: int) -> Pattern:
    type_node = node.child_by_field_name("type")
    path = scope.resolve(path_of(type_node)) if type_node is not None else ()
    parts: list[tuple[str | None, Pattern]] = []
    for child in node.children:
        if type_node is not None and child == type_node:
            continue
        if child.type == "remaining_field_pattern" or child.type == "..":
            break
        if child.is_named and child.type not in ("line_comment", "block_comment"):
            parts.append((None, lower_pattern(child, scope, depth + 1)))
        elif child.type == "_":
            parts.append((None, WILD))
    return Shape(path, tuple(parts))


def _struct(node: Node, scope: Scope, depth: int) -> Pattern:
    type_node = node.child_by_field_name("type")
    path = scope.resolve(path_of(type_node)) if type_node is not None else ()
    parts: list[tuple[str | None, Pattern]] = []
    for child in node.named_children:
        if child.type != "field_pattern":
            continue
        name = child.child_by_field_name("name")
        pattern = child.child_by_field_name("pattern")
        if name is None:
            continue
        text = text_of(name)
        scope.locals.add(text)
        inner = lower_pattern(pattern, scope, depth + 1) if pattern else Capture(text)
        parts.append((text, inner))
    return Shape(path, tuple(parts))
