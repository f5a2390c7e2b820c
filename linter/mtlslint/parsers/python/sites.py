"""Finds the syntax behind a setting's span: an argument, an assignment, a call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtlslint.code.ir import Path
from mtlslint.edit import Edit, apply
from mtlslint.parsers.python.literals import text_of
from mtlslint.parsers.python.lower import module_name, python_parser
from mtlslint.parsers.python.scope import Scope, add_imports, dotted
from mtlslint.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

GIVEN = frozenset({"keyword_argument", "pair", "assignment"})
"""What gives something a value: its name, key or target, and the value."""

_SIMPLE = frozenset(
    {"identifier", "attribute", "true", "false", "none", "integer", "string", "concatenated_string"}
)


@dataclass(frozen=True)
class Site:
    """A call, or what gives a value, in the bytes of its file."""

    node: Node
    source: Source

    def edit(self, start: int, end: int, text: str) -> Edit:
        """Return the edit that writes something else for some bytes."""
        return Edit(Span(self.source.path, start, end), text.encode())

    @property
    def value(self) -> Node | None:
        """What is given, if that is a plain word."""
        last = self.node.child_by_field_name("right") or self.node.child_by_field_name("value")
        return last if last is not None and last.type in _SIMPLE else None

    @property
    def arguments(self) -> list[Node]:
        """The arguments of a call."""
        held = self.node.child_by_field_name("arguments")
        children = held.named_children if held is not None else []
        return [one for one in children if one.type != "comment"]

    @property
    def call(self) -> Site | None:
        """The call itself, or the one that an argument is given to."""
        node: Node | None = self.node
        if node is not None and node.type == "keyword_argument":
            node = node.parent.parent if node.parent is not None else None
        return Site(node, self.source) if node is not None and node.type == "call" else None


def find(source: Source, span: Span) -> Site | None:
    """Return the innermost construct that begins where a span does."""
    root = python_parser().parse(source.data).root_node
    node = root.descendant_for_byte_range(span.start, span.start)
    while node is not None:
        if node.type in GIVEN and node.start_byte == span.start:
            return Site(node, source)
        if node.type == "call" and span.start in _heads(node):
            return Site(node, source)
        if node.type in ("block", "module"):
            return None
        node = node.parent
    return None


def _heads(call: Node) -> Iterator[int]:
    """Yield where a call may be said to begin: at all of it, or at a method's name."""
    yield call.start_byte
    function = call.child_by_field_name("function")
    name = function.child_by_field_name("attribute") if function is not None else None
    if name is not None:
        yield name.start_byte


def scope_of(source: Source) -> Scope:
    """Return what a file imports, wherever it does."""
    name, package = module_name(source.path)
    scope = Scope(name)
    waiting = [python_parser().parse(source.data).root_node]
    while waiting:
        node = waiting.pop()
        if node.type in ("import_statement", "import_from_statement"):
            add_imports(scope, node, package)
        waiting.extend(node.named_children)
    return scope


def path_of(node: Node, scope: Scope) -> Path:
    """Return the full path that a dotted name means; empty if it is none."""
    parts = dotted(node)
    if not all(re.fullmatch(r"\w+", part) for part in parts):
        return ()
    return (*scope.resolve(parts[0]), *parts[1:])


def holder_of(site: Site) -> str:
    """Return how the code calls what a call makes or is made on, or whose attribute is set."""
    node, parent = site.node, site.node.parent
    if node.type == "assignment":
        left = node.child_by_field_name("left")
        held = left.child_by_field_name("object") if left is not None else None
        return text_of(held)
    if parent is None:
        return ""
    if parent.type == "expression_statement":
        function = node.child_by_field_name("function")
        return text_of(function.child_by_field_name("object")) if function is not None else ""
    left = parent.child_by_field_name("left") if parent.type == "assignment" else None
    plain = left is not None and left.type in ("identifier", "attribute")
    return text_of(left) if plain and parent.child_by_field_name("right") == node else ""


def below(site: Site, lines: Sequence[str]) -> Edit | None:
    """Return the edit that writes statements after the one that a construct is all of."""
    node: Node | None = site.node
    while node is not None and node.type != "expression_statement":
        node = node.parent if node.type in ("call", "assignment") else None
    if node is None:
        return None
    data = site.source.data
    start = data.rfind(b"\n", 0, node.start_byte) + 1
    indent, rest = (
        data[start : node.start_byte],
        re.match(rb"[ \t]*(?:#[^\r\n]*)?", data[node.end_byte :]),
    )
    end = node.end_byte + (rest.end() if rest is not None else 0)
    if indent.strip() or (end < len(data) and data[end : end + 1] not in (b"\r", b"\n")):
        return None  # There are several statements in the line.
    newline = "\r\n" if b"\r\n" in data else "\n"
    text = "".join(f"{newline}{indent.decode()}{line}" for line in lines)
    return site.edit(end, end, text)


def without(site: Site) -> Edit | None:
    """Return the edit that leaves a keyword argument out, with its comma."""
    held = site.node.parent
    if held is None or held.type != "argument_list":
        return None
    children = held.children
    at = children.index(site.node)
    before, after = children[at - 1], children[at + 1]
    if before.type == ",":
        return site.edit(before.start_byte, site.node.end_byte, "")
    if before.type == "(" and after.type == ",":
        return site.edit(site.node.start_byte, children[at + 2].start_byte, "")
    return site.edit(site.node.start_byte, site.node.end_byte, "") if after.type == ")" else None


def is_read(source: Source, edit: Edit) -> bool:
    """Whether a file still says something for which it is read."""
    from mtlslint.parsers.python import TOKENS

    after = apply(source.data, [edit])
    return any(token in after for token in TOKENS)


def still_python(source: Source, edits: Sequence[Edit]) -> bool:
    """Whether a file has no more errors of syntax than before."""
    before = python_parser().parse(source.data).root_node
    after = python_parser().parse(apply(source.data, edits)).root_node
    return before.has_error or not after.has_error
