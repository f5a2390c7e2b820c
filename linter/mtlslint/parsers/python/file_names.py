"""What expressions say of a file's name: literals, joined folders, the module's own folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import dirname, join
from typing import TYPE_CHECKING

from mtlslint.parsers.python.literals import content_of, string_parts, text_of
from mtlslint.syntax import around

if TYPE_CHECKING:
    from tree_sitter import Node

JOINS = frozenset({"join", "joinpath"})
# Calls whose argument, or receiver, is what they return.
THROUGH = frozenset(
    (  # noqa: SIM905
        "Path PurePath PosixPath str abspath realpath expanduser fspath resolve absolute as_posix"
    ).split()
)
_HERE = frozenset({"getcwd", "cwd"})
_ROOT = re.compile(r"(?i)(?:base|root|project|repo|here|this|current|script|module)_?(?:dir|path)?")
_DEPTH = 8
_LONG = 2000
"""Blocks of more statements weren't written by hand: nobody looks through them for a name."""


def called(call: Node) -> str:
    """Return the last name of what is called."""
    callee = call.child_by_field_name("function")
    if callee is not None and callee.type == "attribute":
        callee = callee.child_by_field_name("attribute")
    return text_of(callee)


def arguments_of(call: Node) -> list[Node]:
    """Return what a call is given."""
    holder = call.child_by_field_name("arguments")
    given = holder.named_children if holder is not None else []
    return [one for one in given if one.type != "comment"]


def text_in(node: Node) -> str | None:
    """Return what a plain string says; None for bytes and what is put together."""
    prefix, parts = string_parts(node)
    if set(prefix) - {"r", "u"} or any(part.type == "interpolation" for part in parts):
        return None
    return "".join(content_of(part, "r" in prefix) for part in parts)


def name_of(node: Node | None, depth: int = _DEPTH) -> str | None:
    """Return the name that an expression is; None if part of it isn't known.

    It is relative to the module, or to where the program runs: both are "" themselves.
    """
    while node is not None and node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    if node is None or not depth:
        return None
    if node.type == "string":
        return _interpolated(node, depth)
    if node.type == "identifier":
        return _named(node, depth)
    if node.type == "attribute":
        return _attribute(node, depth)
    if node.type == "subscript":  # Path(__file__).parents[1]
        return name_of(node.child_by_field_name("value"), depth - 1)
    if node.type == "binary_operator":
        return _joined(node, depth)
    return _of_call(node, depth - 1) if node.type == "call" else None


def _interpolated(node: Node, depth: int) -> str | None:
    text = text_in(node)
    if text is not None:
        return text
    prefix, parts = string_parts(node)
    if prefix != "f" or [part.type for part in parts] != ["interpolation", "string_content"]:
        return None
    inner = parts[0].named_children
    base = name_of(inner[0], depth - 1) if len(inner) == 1 else None
    return None if base is None else (base + content_of(parts[1], False)).lstrip("/")


def _named(node: Node, depth: int) -> str | None:
    word = text_of(node)
    value = _value(node)
    if value is not None:
        return name_of(value, depth - 1)
    return "" if word == "__file__" or _ROOT.fullmatch(word) else None


def _attribute(node: Node, depth: int) -> str | None:
    word = text_of(node.child_by_field_name("attribute"))
    if word in ("parent", "parents"):
        found = name_of(node.child_by_field_name("object"), depth - 1)
        return dirname(found) if found is not None else None
    return "" if _ROOT.fullmatch(word) else None  # settings.BASE_DIR


def _joined(node: Node, depth: int) -> str | None:
    operator = text_of(node.child_by_field_name("operator"))
    left, right = (name_of(node.child_by_field_name(s), depth - 1) for s in ("left", "right"))
    if left is None or right is None:
        return None
    if operator == "/":
        return join(left, right)
    return (left + right).lstrip("/") if operator == "+" else None


def _of_call(call: Node, depth: int) -> str | None:
    word, given = called(call), arguments_of(call)
    callee = call.child_by_field_name("function")
    receiver = callee.child_by_field_name("object") if callee is not None else None
    if word in _HERE:
        return ""
    if word == "joinpath" and receiver is not None:
        return _below((name_of(receiver, depth), *(name_of(one, depth) for one in given)))
    if word == "join":
        return _below(name_of(one, depth) for one in given)
    inner = name_of(given[0] if given else receiver, depth)
    if word == "dirname":
        return dirname(inner) if inner is not None else None
    return inner if word in THROUGH else None


def _below(names: Iterable[str | None]) -> str | None:
    whole = ""
    for each in names:
        if each is None:
            return None
        whole = join(whole, each)
    return whole


def _value(name: Node) -> Node | None:
    """Return what a name is bound to in the blocks around its use, or in the module."""
    inner = name
    for above in around(name):
        scope = above.type in ("block", "module") and above.named_child_count < _LONG
        for each in reversed(above.named_children) if scope else ():
            bound = each.named_children[0] if each.type == "expression_statement" else None
            late = above.type == "block" and each.start_byte >= inner.start_byte
            if bound is None or bound.type != "assignment" or late or each == inner:
                continue
            if text_of(bound.child_by_field_name("left")) == text_of(name):
                return bound.child_by_field_name("right")
        inner = above
    return None
