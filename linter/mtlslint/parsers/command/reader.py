"""Reads the command lines of one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtlslint import dockerfile
from mtlslint.facts import Facts
from mtlslint.parsers.command.lines import commands, script
from mtlslint.source import Source, Span
from mtlslint.yamltree.comments import comments
from mtlslint.yamltree.documents import documents
from mtlslint.yamltree.node import (
    Mapping,
    Node,
    Pair,
    Scalar,
    Sequence,
    get,
    items,
    mappings,
    pair,
    text,
)
from mtlslint.yamltree.spans import pair_span

SIZE_LIMIT = 1024 * 1024
_PROCESS = re.compile(r"^([\w-]+):[ \t]*(.+)$", re.MULTILINE)


class Line(NamedTuple):
    """A command line: its words, where it stands, what is built or run there, for people.

    `environment` is what is said beside it.
    """

    words: tuple[str, ...]
    span: Span
    label: str
    environment: tuple[tuple[str, str], ...] = ()


def read_source(source: Source) -> Facts:
    """Read one file. Whatever its bytes are, nothing is raised."""
    path = source.path
    if len(source.data) > SIZE_LIMIT:
        return Facts(path, "command")
    name = (source.name or path).rpartition("/")[2]
    if name.endswith((".yaml", ".yml")):
        nodes = list(documents(source.data))
        found = tuple(each for node in nodes for each in _of_manifest(node, path))
        return Facts(path, "command", found, comments=tuple(comments(source, nodes)))
    text = source.data.decode("utf-8", "surrogateescape")
    lines = (
        _of_dockerfile(text, path) if dockerfile.NAME.fullmatch(name) else _processes(text, path)
    )
    return Facts(path, "command", tuple(lines))


def _of_dockerfile(whole: str, path: str) -> Iterator[Line]:
    """Yield the command of the image that is made in the end."""
    last: dict[str, dockerfile.Instruction] = {}
    given: dict[str, str] = {}
    for each in dockerfile.instructions(whole):
        if each.name == "FROM":
            last, given = {}, {}
        elif each.name == "ENV":
            given.update(each.settings())
        elif each.name in ("ENTRYPOINT", "CMD"):
            last[each.name] = each
    command = last.get("CMD") or last.get("ENTRYPOINT")
    if command is None:
        return
    entry = last.get("ENTRYPOINT", command)
    plain = entry.listed and command.listed and entry is not command
    words = (*entry.words, *command.words) if plain else command.words
    span = Span(path, _bytes(whole, command.start), _bytes(whole, command.end))
    for one in commands(words) if command.listed else script(" ".join(words)):
        yield Line(tuple(one), span, "image", tuple(given.items()))


def _processes(whole: str, path: str) -> Iterator[Line]:
    for found in _PROCESS.finditer(whole):
        span = Span(path, _bytes(whole, found.start()), _bytes(whole, found.end()))
        yield from (Line(tuple(one), span, found[1]) for one in script(found[2]))


def _bytes(whole: str, index: int) -> int:
    return len(whole[:index].encode("utf-8", "surrogateescape"))


def _of_manifest(node: Node, path: str) -> Iterator[Line]:
    """Yield the commands of compose services and of pods' containers."""
    services = get(node, "services")
    if isinstance(services, Mapping):
        for each in services.pairs:
            yield from _started(each.value, ("entrypoint", "command"), each.key.text, path)
        return
    for found in mappings(node):
        for container in items(found, "containers"):
            label = text(container, "name") or "container"
            yield from _started(container, ("command", "args"), label, path)


def _started(node: Node, keys: tuple[str, str], label: str, path: str) -> Iterator[Line]:
    """Yield what the second key, or else the first, says; lists of both are one command."""
    pairs = [found for key in keys if (found := pair(node, key)) is not None]
    if not pairs:
        return
    listed = [each for each in pairs if isinstance(each.value, Sequence)]
    span = pair_span(pairs[-1], path)
    if len(listed) == len(pairs):
        words = [word for each in listed for word in _texts(each)]
        yield from (Line(tuple(one), span, label) for one in commands(words))
    elif isinstance(pairs[-1].value, Scalar):
        for one in script(pairs[-1].value.text):
            yield Line(tuple(one), span, label)


def _texts(found: Pair) -> Iterator[str]:
    for each in found.value.items if isinstance(found.value, Sequence) else ():
        yield each.text if isinstance(each, Scalar) else ""
