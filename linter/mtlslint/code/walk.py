"""Goes through code without evaluating it: which names it mentions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

from mtlslint.code.ir import Method, Name, Node


@cache
def _fields(kind: type) -> tuple[str, ...]:
    if not is_dataclass(kind):
        return ()
    return tuple(one.name for one in fields(kind) if one.name != "span")


def nodes_in(root: object) -> Iterator[object]:
    """Yield every piece of code below `root`, in no particular order, without recursion."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
        elif names := _fields(node.__class__):
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
