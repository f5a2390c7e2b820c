"""What expressions say of a file's name: literals, joined folders, the crate's own folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.parsers.rust.literals import constant_of
from mtlslint.syntax import around

if TYPE_CHECKING:
    from tree_sitter import Node

JOINS = frozenset({"join"})
# Calls whose argument, or receiver, is what they return.
THROUGH = frozenset(
    (  # noqa: SIM905
        "new from Some Ok to_string to_owned into to_path_buf as_ref as_str as_path unwrap expect "
        "clone from_str try_from parse canonicalize to_string_lossy to_str collect iter"
    ).split()
)
_INNER = frozenset(
    ("reference_expression", "try_expression", "await_expression", "parenthesized_expression")
)
_HERE = frozenset({"current_dir"})
_MANIFEST = "CARGO_MANIFEST_DIR"
_DEPTH = 8
_LONG = 2000
"""Blocks of more statements weren't written by hand: nobody looks through them for a name."""


class FileName(NamedTuple):
    """A name as far as it is written; `rooted`: relative to the crate's folder."""

    name: str
    rooted: bool

    def joined(self, other: FileName) -> FileName:
        """Return another name below this one."""
        if other.rooted or other.name.startswith("/") or not self.name:
            return FileName(other.name, other.rooted or self.rooted)
        return FileName(f"{self.name.rstrip('/')}/{other.name}", self.rooted)


def is_text(node: Node) -> bool:
    """Whether a node is a literal text."""
    return node.type in ("string_literal", "raw_string_literal")


def called(call: Node) -> str:
    """Return the last name of what is called."""
    callee = call.child_by_field_name("function")
    while callee is not None and callee.type == "generic_function":
        callee = callee.child_by_field_name("function")
    if callee is None:
        return ""
    last = callee.named_children[-1] if callee.named_children else callee
    return (last.text or b"").decode("utf-8", "replace")


def arguments_of(call: Node) -> list[Node]:
    """Return what a call is given."""
    holder = call.child_by_field_name("arguments")
    given = holder.named_children if holder is not None else []
    return [one for one in given if not one.type.endswith("comment")]


def name_of(node: Node | None, depth: int = _DEPTH) -> FileName | None:
    """Return the name that an expression is, None if part of it isn't known."""
    while node is not None and node.type in _INNER and node.named_children:
        node = node.named_children[-1]
    if node is None or not depth:
        return None
    if is_text(node):
        return FileName(str(constant_of(node)), False)
    if node.type == "macro_invocation":
        return _in_macro(node)
    if node.type == "identifier":
        return name_of(_value(node), depth - 1)
    if node.type == "array_expression":
        return _below(name_of(one, depth - 1) for one in node.named_children)
    return _of_call(node, depth - 1) if node.type == "call_expression" else None


def _of_call(call: Node, depth: int) -> FileName | None:
    name, given = called(call), arguments_of(call)
    if name in _HERE:
        return FileName("", False)
    if name == "var":
        return below_manifest(list(texts_in(call)))
    callee = call.child_by_field_name("function")
    receiver = callee.child_by_field_name("value") if callee is not None else None
    if name in JOINS and len(given) == 1:
        return _below((name_of(receiver, depth), name_of(given[0], depth)))
    if name == "from_iter" and len(given) == 1:
        return name_of(given[0], depth)
    if name not in THROUGH:
        return None
    return name_of(receiver if receiver is not None else given[0] if given else None, depth)


def _below(names: Iterable[FileName | None]) -> FileName | None:
    whole = FileName("", False)
    for each in names:
        if each is None:
            return None
        whole = whole.joined(each)
    return whole


def _in_macro(macro: Node) -> FileName | None:
    """Return what `env!`, `concat!` and `format!` say if it begins with the crate's folder."""
    holder = macro.child_by_field_name("macro")
    word = (holder.text or b"").decode("utf-8", "replace").rpartition(":")[2] if holder else ""
    texts = list(texts_in(macro))
    if word != "format":
        return below_manifest(texts) if word in ("env", "concat") else None
    plain = len(texts) == 2 and texts[0].startswith("{}/") and texts[1] == _MANIFEST
    return FileName(texts[0][3:], True) if plain and "{" not in texts[0][2:] else None


def below_manifest(texts: list[str]) -> FileName | None:
    """Return a name of which the crate's folder is the first part."""
    if texts[:1] != [_MANIFEST]:
        return None
    return FileName("".join(texts[1:]).lstrip("/"), True)


def texts_in(node: Node) -> Iterator[str]:
    """Yield the literal texts below a node, in order."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if is_text(current):
            yield str(constant_of(current))
        else:
            waiting.extend(reversed(current.named_children))


def _value(name: Node) -> Node | None:
    """Return what a name is bound to before it is used: in the blocks around it, or the file."""
    inner = name
    for above in around(name):
        beside = above.named_children if above.named_child_count < _LONG else []
        for each in reversed([one for one in beside if one != inner]):
            field = _FIELDS.get(each.type)
            bound = each.child_by_field_name(field) if field else None
            late = each.type == "let_declaration" and each.start_byte > inner.start_byte
            if bound is not None and bound.text == name.text and not late:
                return each.child_by_field_name("value")
        inner = above
    return None


_FIELDS = {"let_declaration": "pattern", "const_item": "name", "static_item": "name"}
