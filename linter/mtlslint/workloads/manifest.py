"""YAML documents whose placeholders are filled in as far as the project says with what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mtlslint.source import Span
from mtlslint.yamltree.documents import documents
from mtlslint.yamltree.node import Mapping, Node, Pair, Scalar, Sequence, get

SIZE_LIMIT = 2 * 1024 * 1024
"""Larger files declare no workloads: they are bundles of definitions."""


_NUMBER = re.compile(r"\d{1,5}")

Fill = Callable[[str], str]
"""Replaces the placeholders in a text that it knows a value for."""


class Manifest(NamedTuple):
    """A document of a file, and how its placeholders are filled in."""

    path: str
    data: bytes
    root: Node
    fill: Fill

    def span(self, node: Node | Pair) -> Span:
        """Return where something stands: of a pair, its key."""
        place = node.key if isinstance(node, Pair) else node
        return Span(self.path, place.start, place.end)

    def say(self, node: Node | None) -> str | None:
        """Return what a scalar says in the end; None for anything else."""
        if not isinstance(node, Scalar):
            return None
        written = self.data[node.start : node.end].decode("utf-8", "replace")
        if node.style in ("|", ">") or not any(mark in written for mark in ("{{", "$")):
            return node.text
        return self.fill(written[1:-1] if node.style else written)

    def text(self, node: Node | None, *names: str) -> str | None:
        """Return what stands at a path of names; None if no text does."""
        return self.say(get(node, *names))

    def number(self, node: Node | None, *names: str) -> int | None:
        """Return the port number at a path of names; None if there's none."""
        return port(self.text(node, *names) or "")

    def words(self, node: Node | None, *names: str) -> tuple[str, ...]:
        """Return the words of a command: a list, or a text."""
        found = get(node, *names)
        if isinstance(found, Sequence):
            return tuple(filter(None, map(self.say, found.items)))
        return tuple((self.say(found) or "").split())

    def table(self, node: Node | None, *names: str) -> dict[str, str]:
        """Return the texts of a mapping by key."""
        found = get(node, *names)
        pairs = found.pairs if isinstance(found, Mapping) else ()
        said = [(self.say(each.key), self.say(each.value)) for each in pairs]
        return {key: value for key, value in said if key is not None and value is not None}


def port(text: str) -> int | None:
    """Return the number of a port; None if it isn't plainly one."""
    return int(text) if _NUMBER.fullmatch(text) else None


def manifests(path: str, data: bytes, fill: Fill) -> Iterator[Manifest]:
    """Yield the documents of a file, those that can be read."""
    if len(data) > SIZE_LIMIT:
        return
    for root in documents(data):
        yield Manifest(path, data, root, fill)
