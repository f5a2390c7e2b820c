"""Finds the comments that speak to this program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtlslint.facts import Comment
from mtlslint.source import Source, Span

if TYPE_CHECKING:
    from tree_sitter import Node

_MARK = re.compile(rb"#[^\n]*?mtlslint:[ \t]*([^\r\n]*)")


def comments_of(source: Source, root: Node) -> tuple[Comment, ...]:
    """Return all `mtlslint:` comments; the words inside a string are none."""
    if b"mtlslint:" not in source.data:
        return ()
    found: list[Comment] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type == "comment":
            found += _comment(source, node.start_byte, node.end_byte)
        elif node.type != "string":
            waiting.extend(node.children)
    return tuple(sorted(found, key=lambda one: one.span))


def _comment(source: Source, start: int, end: int) -> list[Comment]:
    match = _MARK.search(source.data[start:end])
    if match is None:
        return []
    text = match[1].strip().decode("utf-8", "replace")
    line = source.data.rfind(b"\n", 0, start) + 1
    alone = not source.data[line:start].strip()
    return [Comment(Span(source.path, start, end), text, alone)]
