"""Reads one file of manifests: its Ingresses and its Services."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.facts import Facts
from mtlslint.model import Problem
from mtlslint.source import Source, Span
from mtlslint.yamltree.comments import comments
from mtlslint.yamltree.documents import documents
from mtlslint.yamltree.masks import templated
from mtlslint.yamltree.node import Node, items, text

KINDS = ("Ingress", "Service")
SIZE_LIMIT = 4 * 1024 * 1024
"""Larger files are bundles of definitions, not somebody's edge."""


class Object(NamedTuple):
    """An object of a file: its kind, its name and its fields."""

    kind: str
    name: str
    path: str
    node: Node


def read_source(source: Source) -> Facts:
    """Read one file. Whatever its bytes are, nothing is raised."""
    if len(source.data) > SIZE_LIMIT:
        note = f"larger than {SIZE_LIMIT // 1024 // 1024} MB, not read"
        return Facts(source.path, "kubernetes", problems=(Problem(source.path, note, fatal=False),))
    problems: list[Problem] = []

    def told(reason: str, at: int) -> None:
        span = Span(source.path, at, min(at + 1, len(source.data)))
        problems.append(Problem(source.path, f"cannot be read as YAML: {reason}", span))

    nodes = list(documents(source.data, told, tuple(kind.encode() for kind in KINDS)))
    found = tuple(each for node in nodes for each in _objects(node, source.path))
    template = bool(problems) and templated(source.data)
    return Facts(
        source.path,
        "kubernetes",
        tree=found,
        comments=tuple(comments(source, nodes)),
        problems=() if template else tuple(problems),
        template=template and not found,
    )


def _objects(node: Node, path: str) -> Iterator[Object]:
    kind = text(node, "kind")
    if kind == "List":
        for each in items(node, "items"):
            yield from _objects(each, path)
    elif kind in KINDS and text(node, "api_version"):
        yield Object(kind, text(node, "metadata", "name") or "", path, node)
