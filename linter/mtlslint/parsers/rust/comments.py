"""Finds the comments that speak to this program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtlslint.facts import Comment
from mtlslint.source import Source, Span
from mtlslint.syntax import holds_any

if TYPE_CHECKING:
    from tree_sitter import Node

# Documentation (`///`, `//!`, `/**`) only talks about such comments.
_MARK = re.compile(rb"(?://|/\*)\s*mtlslint:[ \t]*([^\r\n]*)")


def comments_of(source: Source, root: Node) -> tuple[Comment, ...]:
    """Return all `mtlslint:` comments; the words inside a string are none."""
    places = [match.start() for match in _MARK.finditer(source.data)]
    found: list[Comment] = []
    waiting = [root] if places else []
    while waiting:
        node = waiting.pop()
        if node.type in ("line_comment", "block_comment"):
            found += _comment(source, node.start_byte, node.end_byte)
        else:
            waiting.extend(child for child in node.children if holds_any(child, places))
    return tuple(sorted(found, key=lambda one: one.span))


def _comment(source: Source, start: int, end: int) -> list[Comment]:
    match = _MARK.match(source.data[start:end])
    if match is None:
        return []
    text = match[1].removesuffix(b"*/").strip().decode("utf-8", "replace")
    line = source.data.rfind(b"\n", 0, start) + 1
    alone = not source.data[line:start].strip()
    return [Comment(Span(source.path, start, end), text, alone)]
