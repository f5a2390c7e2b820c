"""Comments of a YAML file that speak to this program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtlslint.facts import Comment
from mtlslint.source import Source, Span
from mtlslint.yamltree.node import Mapping, Node, Scalar

_SPEAKS = re.compile(rb"#[ \t]*mtlslint:([^\r\n]*)")


def comments(source: Source, documents: list[Node]) -> Iterator[Comment]:
    """Yield the comments of a file; what stands in a string is none."""
    if b"mtlslint:" not in source.data:
        return
    strings = sorted(_strings(documents))
    for match in _SPEAKS.finditer(source.data):
        start = match.start()
        # Within a string it is no comment here; if that string is a file, its reader sees it.
        if any(low <= start < high for low, high in strings):
            continue
        first = source.data.rfind(b"\n", 0, start) + 1
        before = source.data[first:start]
        if before and not before[-1:].isspace():
            continue
        text = match[1].decode("utf-8", "replace").strip()
        yield Comment(Span(source.path, start, match.end()), text, not before.strip())


def _strings(nodes: list[Node]) -> Iterator[tuple[int, int]]:
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, Scalar):
            if node.style:
                yield node.start, node.end
        elif isinstance(node, Mapping):
            stack.extend(each.value for each in node.pairs)
        else:
            stack.extend(node.items)
