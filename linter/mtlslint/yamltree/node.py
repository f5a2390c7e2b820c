"""The light tree that YAML and JSON are read into: text with byte offsets, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

HOLE = "\u00a0"
WIDE_HOLE = "\u2007"
"""What a template's placeholder is read as: characters of two and three bytes that no real value
holds, so that a placeholder of any length keeps its length."""


class Scalar(NamedTuple):
    """A value as text; `style` is its quote, `|` or `>` for blocks, empty if it stands plain."""

    text: str
    start: int
    end: int
    style: str = ""


class Pair(NamedTuple):
    """A key, its name in snake_case, and its value."""

    name: str
    key: Scalar
    value: Node


class Mapping(NamedTuple):
    """Pairs in order. `open`: a template may put more in, so what is absent is unknown."""

    pairs: tuple[Pair, ...]
    start: int
    end: int
    open: bool = False


class Sequence(NamedTuple):
    """Items in order. `open`: a template may put more in."""

    items: tuple[Node, ...]
    start: int
    end: int
    open: bool = False


Node = Scalar | Mapping | Sequence

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})
_PLACEHOLDER = re.compile(
    r"[\u00a0\u2007]|\$\{|\$\(|\$[A-Za-z_]|\{\{|<%|%%\w|(?:^|\W)__[A-Za-z]\w*__|@@?[A-Z_]{3,}@|^%\w+%$"
    r"|^<[\w .-]+>$|%[dqsv](?![A-Za-z0-9])"
)


_HOLES = re.compile(r"[\u00a0\u2007]+")


@lru_cache(maxsize=4096)
def snake(key: str) -> str:
    """Return a field's name in snake_case; Envoy takes camelCase as well."""
    if key.islower() or key.startswith("@"):
        return key
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", key).lower()


def null(node: Node) -> bool:
    """Whether the value is as good as not written."""
    return isinstance(node, Scalar) and not node.style and node.text in _NULLS


def pair(node: Node | None, name: str) -> Pair | None:
    """Return a mapping's pair of that name, the last if there are several; None for null."""
    if not isinstance(node, Mapping):
        return None
    for each in reversed(node.pairs):
        if each.name == name:
            return None if null(each.value) else each
    return None


def get(node: Node | None, *names: str) -> Node | None:
    """Return what stands at a path of names, None if it is absent or null."""
    for name in names:
        found = pair(node, name)
        if found is None:
            return None
        node = found.value
    return node


def text(node: Node | None, *names: str) -> str | None:
    """Return the text at a path of names, None if no text stands there."""
    found = get(node, *names)
    return found.text if isinstance(found, Scalar) else None


def items(node: Node | None, *names: str) -> tuple[Node, ...]:
    """Return the items of a list; what stands alone counts as a list of one."""
    found = get(node, *names)
    if found is None or null(found):
        return ()
    if isinstance(found, Sequence):
        return tuple(each for each in found.items if not null(each))
    return (found,)


def absent(node: Node | None, *names: str) -> bool:
    """Whether none of the fields is there and no template may add one."""
    if node is None:
        return True
    if not isinstance(node, Mapping):
        return False
    return not node.open and not any(pair(node, name) for name in names)


def is_open(node: Node | None) -> bool:
    """Whether a template may add to a list or message, or stands in its place."""
    if isinstance(node, Scalar):
        return not literal(node.text)
    return node is not None and node.open


def truth(node: Node | None) -> bool | None:
    """Return a boolean as Envoy reads it; None for anything else."""
    if isinstance(node, Mapping):
        node = get(node, "value")  # BoolValue as an object: refused, but meant
    if not isinstance(node, Scalar):
        return None
    word = node.text.lower()
    return True if word in _TRUE else False if word in _FALSE else None


def literal(value: str) -> bool:
    """Whether a text stands for itself rather than for what is filled in later."""
    return _PLACEHOLDER.search(value) is None


def spoken(value: str) -> str:
    """Return a name for people: what a template fills in becomes dots."""
    return _HOLES.sub("...", value)


def mappings(node: Node) -> Iterator[Mapping]:
    """Yield all mappings of a document, outer ones first."""
    stack = [node]
    while stack:
        current = stack.pop()
        if type(current) is Mapping:
            yield current
            stack += [each.value for each in reversed(current.pairs)]
        elif type(current) is Sequence:
            stack += reversed(current.items)


def walk(node: Node | None, passed_over: str = "") -> Iterator[Pair]:
    """Yield all pairs below a node, outer ones first, but none of a name or below it."""
    stack: list[Node] = [node] if node is not None else []
    while stack:
        current = stack.pop()
        if isinstance(current, Mapping):
            pairs = [each for each in current.pairs if each.name != passed_over]
            yield from pairs
            stack.extend(each.value for each in reversed(pairs))
        elif isinstance(current, Sequence):
            stack.extend(reversed(current.items))
