"""Private keys that are pasted into strings, and the files of keys that strings name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.keys import key_hints, key_in
from mtlslint.model import Material, Named
from mtlslint.parsers.python.mentions import mention_hints, mentioned
from mtlslint.source import Source, Span
from mtlslint.syntax import holds_any

if TYPE_CHECKING:
    from tree_sitter import Node


class Secrets(NamedTuple):
    """The private keys that a file holds, and the files of trust material that it names."""

    pasted: tuple[Material, ...] = ()
    named: tuple[Named, ...] = ()


def secrets_in(source: Source, root: Node) -> Secrets:
    """Return what the strings of a file hold and name."""
    hints = key_hints(source.data)
    places = sorted([*hints, *mention_hints(source.data)])
    if not places:
        return Secrets()
    from mtlslint.parsers.python.lower import is_test_path

    test = is_test_path(source.path)
    pasted: list[Material] = []
    named: list[Named] = []
    for node in _strings(root, places):
        mention = mentioned(node, source, test)
        key = key_in(source.data, node.start_byte, node.end_byte) if hints else None
        if mention is not None:
            named.append(mention)
        elif key is not None and not _documents(node):
            span = Span(source.path, *key)
            pasted.append(Material("private key", "key", "embedded", span, test_code=test))
    return Secrets(
        tuple(sorted(pasted, key=lambda one: one.span)),
        tuple(sorted(named, key=lambda one: one.span)),
    )


def _strings(root: Node, places: list[int]) -> Iterator[Node]:
    """Yield the strings that hold one of the places."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type == "string":
            yield node
        elif node.type != "comment":
            waiting += [child for child in node.named_children if holds_any(child, places)]


def _documents(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "expression_statement"
