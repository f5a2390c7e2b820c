"""Goes through code without evaluating it: which names it mentions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from mtlslint.code.ir import Method, Name, Node

_FIELDS: dict[type, tuple[str, ...]] = {}


def _fields(kind: type) -> tuple[str, ...]:
    names = _FIELDS.get(kind)
    if names is None:
        every = fields(kind) if is_dataclass(kind) else ()
        names = _FIELDS[kind] = tuple(one.name for one in every if one.name != "span")
    return names


def nodes_in(root: object) -> Iterator[object]:
    """Yield every piece of code below `root`, in no particular order, without recursion."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
        elif names := _fields(type(node)):
            yield node
            waiting.extend(getattr(node, name) for name in names)


def mentioned(root: Node) -> set[str]:
    """Return the last parts of all names and methods that are used."""
    found: set[str] = set()
    for node in nodes_in(root):
        if isinstance(node, Name):
            found.add(node.path[-1])
        elif isinstance(node, Method):
            found.add(node.name)
    return found
