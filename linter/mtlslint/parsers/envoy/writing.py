"""How a field is written into a mapping of YAML or JSON so that it looks like its neighbours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mtlslint.edit import Edit
from mtlslint.layout import begins_line, indentation, line_break, line_end, line_start
from mtlslint.source import Source, Span
from mtlslint.yamltree.node import Mapping, Pair, Scalar, null
from mtlslint.yamltree.node import Sequence as Listing

Content = str | bool | dict[str, "Content"] | list["Content"]

_FLOW = re.compile(rb"(?:[&!]\S*\s+)*\{")
_PLAIN = re.compile(r"[A-Za-z][\w-]*(?:\.[\w-]+)*")
_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
_CAMEL = re.compile(r"_([a-z0-9])")


class Field(NamedTuple):
    """A field to be written; names in snake_case."""

    name: str
    content: Content


def replaced(source: Source, found: Pair, content: str | bool) -> Edit | None:
    """Return the edit that gives a field another value; None where it isn't plainly a value."""
    value = found.value
    if not isinstance(value, Scalar) or not found.key.end <= value.start:
        return None
    written = source.data[value.start : value.end].decode("utf-8", "replace")
    plain = written.strip("\"'") == value.text and "\n" not in written
    between = source.data[found.key.end : value.start].strip(b" \t\"'")
    if not plain or between != b":":
        return None  # an alias or what an anchor stands before
    quote = value.style if isinstance(content, str) else ""
    text = content if isinstance(content, str) else str(content).lower()
    return Edit(Span(source.path, value.start, value.end), f"{quote}{text}{quote}".encode())


def _filled(source: Source, found: Pair, content: Content) -> Edit | None:
    """Return the edit that gives a field without a value one."""
    if not isinstance(content, str | bool):
        return None
    if isinstance(found.value, Scalar) and found.value.text:
        return replaced(source, found, content)
    colon = source.data.find(b":", found.key.end, found.key.end + 3)
    text = f" {content if isinstance(content, str) else str(content).lower()}".encode()
    return Edit(Span(source.path, colon + 1, colon + 1), text) if colon != -1 else None


def added(source: Source, mapping: Mapping, field: Field) -> Edit | None:
    """Return the edit that writes a field into a mapping; None if there's no plain place for it."""
    if mapping.open:
        return None
    there = [each for each in mapping.pairs if each.name == field.name]
    if there:
        return _filled(source, there[-1], field.content) if null(there[-1].value) else None
    own = [each for each in mapping.pairs if mapping.start <= each.key.start < mapping.end]
    flow = _FLOW.match(source.data, mapping.start)
    if flow:
        return _into_flow(source, mapping, flow.end(), own, field)
    return _into_block(source, own, field) if own else None


def _into_flow(
    source: Source, mapping: Mapping, inside: int, own: Sequence[Pair], field: Field
) -> Edit | None:
    """Write behind the first field; between braces what a line break does is the writer's taste."""
    data = source.data
    style = _Style(own)
    text = style.flow(field)
    if not own:
        return Edit(Span(source.path, inside, inside), text.encode()) if not mapping.pairs else None
    first = own[0]
    end = first.value.end
    if not first.key.end <= first.value.start <= end <= mapping.end:
        return None  # an alias, or nothing
    lines = begins_line(data, first.key.start)
    gap = line_break(data, end) + indentation(data, first.key.start) if lines else b" "
    return Edit(Span(source.path, end, end), b"," + gap + text.encode())


def _into_block(source: Source, own: Sequence[Pair], field: Field) -> Edit | None:
    """Write a line of its own: behind the first field if that's one line, else before it."""
    data = source.data
    first = own[0]
    start = first.key.start
    prefix = data[line_start(data, start) : start]
    if prefix.strip(b" -"):
        return None
    lines = list(_Style(own).block(field, len(prefix), _step(own, data)))
    newline = line_break(data, start)
    value = first.value
    single = isinstance(value, Scalar) and value.style not in ("|", ">")
    if single and first.key.end <= value.start and b"\n" not in data[start : value.end]:
        at = line_end(data, value.end)
        text = b"".join(newline + line.encode() for line in lines)
    else:
        at = start
        text = newline.join(line.encode() for line in lines).lstrip(b" ") + newline
        text += b" " * len(prefix)
    return Edit(Span(source.path, at, at), text)


def _step(own: Sequence[Pair], data: bytes) -> int:
    """Return by how many blanks what is inside stands further in."""
    for each in own:
        inner = each.value
        if isinstance(inner, Mapping) and inner.pairs and begins_line(data, inner.start):
            here = each.key.start - line_start(data, each.key.start)
            there = inner.start - line_start(data, inner.start)
            if there > here:
                return there - here
    return 2


class _Style:
    """How the neighbours write their names: in camelCase or not, in quotes or not."""

    def __init__(self, own: Sequence[Pair]) -> None:
        keys = [each.key for each in own]
        self.quoted = bool(keys) and all(key.style == '"' for key in keys)
        self.camel = any(key.text != each.name for key, each in zip(keys, own, strict=True))

    def flow(self, field: Field) -> str:
        """Return a field on one line."""
        return f"{self._name(field.name)}: {self._inline(field.content)}"

    def block(self, field: Field, column: int, step: int) -> Iterator[str]:
        """Yield the lines of a field."""
        head = f"{' ' * column}{self._name(field.name)}:"
        content = field.content
        if isinstance(content, dict):
            yield head
            for name, inner in content.items():
                yield from self.block(Field(name, inner), column + step, step)
        elif isinstance(content, list):
            yield head
            for item in content:
                yield f"{' ' * (column + step)}- {self._inline(item)}"
        else:
            yield f"{head} {self._inline(content)}"

    def _name(self, name: str) -> str:
        name = _CAMEL.sub(lambda match: match[1].upper(), name) if self.camel else name
        return f'"{name}"' if self.quoted else name

    def _inline(self, content: Content) -> str:
        if isinstance(content, dict):
            return "{" + ", ".join(self.flow(Field(*each)) for each in content.items()) + "}"
        if isinstance(content, list):
            return "[" + ", ".join(self._inline(each) for each in content) + "]"
        if isinstance(content, bool):
            return str(content).lower()
        plain = _PLAIN.fullmatch(content) and content.lower() not in _RESERVED
        return content if plain and not self.quoted else json.dumps(content)


def pair_at(nodes: Sequence[object], span: Span) -> tuple[Mapping, Pair] | None:
    """Return the field whose name begins at a span, and the mapping that it is written in."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, Mapping):
            for each in node.pairs:
                if each.key.start == span.start and node.start <= each.key.start < node.end:
                    return node, each
            stack.extend(each.value for each in node.pairs)
        elif isinstance(node, Listing):
            stack.extend(node.items)
    return None
