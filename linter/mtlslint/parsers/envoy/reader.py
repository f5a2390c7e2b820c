"""Reads one file: its resources, what it holds of other files, its comments and problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from mtlslint.facts import Facts
from mtlslint.heredoc import embedded as written
from mtlslint.heredoc import is_script
from mtlslint.model import Named, Problem
from mtlslint.parsers.envoy.arms import laxest
from mtlslint.parsers.envoy.discover import Resource, resources
from mtlslint.parsers.envoy.embedded import embedded
from mtlslint.parsers.envoy.material import manifest_keys, named
from mtlslint.parsers.envoy.misuse import Wrong, misuses
from mtlslint.source import Source, Span
from mtlslint.yamltree.comments import comments
from mtlslint.yamltree.compose import UnreadableError, compose
from mtlslint.yamltree.masks import readable, templated
from mtlslint.yamltree.node import Node, mappings

SIZE_LIMIT = 32 * 1024 * 1024

PROBLEM_LIMIT = 5
"""Unreadable documents of one file, above which more are not worth telling."""

# What a template defines to be put in elsewhere is a piece of its own.
_SEPARATOR = re.compile(
    rb"^(?:---(?=[\s]|$)|[ \t]*(?:\{\{-?[ \t]*define|\{%-?[ \t]*(?:end)?macro)\b)", re.MULTILINE
)
_OURS = re.compile(
    rb"static_?[rR]esources|filter_?[cC]hains?\b|load_?[aA]ssignment|[tT]ls_?[cC]ontext"
    rb"|type\.googleapis\.com/envoy|envoy\.(?:config|extensions|transport_sockets|api\.v2)"
    rb"|virtual_?[hH]osts|lb_?[eE]ndpoints|validation_?[cC]ontext|trusted_?[cC]a\b|tls_?[cC]ertificate\b"
)
_WHOLE = re.compile(rb"""^[ \t]*["']?static_?[rR]esources["']?[ \t]*:""", re.MULTILINE)
_HELD = re.compile(rb"ssl_|_pass\b|listen|PRIVATE KEY-----|LS0tLS1CRUdJTi")
_NGINX = re.compile(rb"ssl_(?:certificate|verify|client|protocols)|proxy_pass")
_MANIFEST = re.compile(rb"\bConfigMap\b|--config-yaml")


class Tree(NamedTuple):
    """What a file says: its resources, the keys and certificates it names, what is misplaced."""

    resources: tuple[Resource, ...] = ()
    named: tuple[Named, ...] = ()
    wrongs: tuple[Wrong, ...] = ()


class _Document(NamedTuple):
    """A document, and the number of the part of the file that it stands in."""

    node: Node
    scope: int


def read_source(source: Source) -> Facts:
    """Read one file. Whatever its bytes are, nothing is raised."""
    if len(source.data) > SIZE_LIMIT:
        note = f"larger than {SIZE_LIMIT // 1024 // 1024} MB, not read"
        return Facts(source.path, "envoy", problems=(Problem(source.path, note, fatal=False),))
    if is_script(source.name or source.path):
        return Facts(source.path, "envoy", embedded=written(source, _WHOLE.search))
    problems: list[Problem] = []
    documents = list(_documents(source, problems))
    template = False
    if problems and templated(source.data):
        # What can't be read before it is rendered is no defect of whoever wrote it.
        problems = []
        template = _OURS.search(source.data) is not None or (
            _MANIFEST.search(source.data) is not None and _NGINX.search(source.data) is not None
        )
    taken: set[str] = set()
    inner: list[Source] = []
    found: list[Resource] = []
    material: list[Named] = []
    wrong: list[Wrong] = []
    for each in documents:
        within = list(mappings(each.node))
        inner += embedded(each.node, within, source, taken)
        own = list(resources(each.node, source.path, each.scope))
        found += own
        material += named(within, source.path)
        material += manifest_keys(each.node, source.path)
        wrong += misuses(within, own, source.path)
    return Facts(
        source.path,
        "envoy",
        tree=Tree(tuple(found), tuple(material), tuple(wrong)),
        embedded=tuple(inner),
        comments=tuple(comments(source, [each.node for each in documents])),
        problems=tuple(problems),
        template=template,
    )


def _documents(source: Source, problems: list[Problem]) -> Iterator[_Document]:
    """Yield the documents that may matter; each part of a file is read by itself."""
    data = source.data
    if not _matters(data):
        return
    bounds = [0, *(match.start() for match in _SEPARATOR.finditer(data)), len(data)]
    for scope, (start, end) in enumerate(pairwise(bounds)):
        part = data[start:end]
        if not _matters(part):
            continue
        for node in _read_part(part, start, source.path, problems):
            yield _Document(node, scope)


def _matters(part: bytes) -> bool:
    if _OURS.search(part):
        return True
    return _MANIFEST.search(part) is not None and _HELD.search(part) is not None


def _read_part(part: bytes, base: int, path: str, problems: list[Problem]) -> list[Node]:
    error: UnreadableError | None = None
    best: list[Node] = []
    for lenient in (False, True):
        text = readable(part, base, lenient=lenient)
        nodes: list[Node] = []
        try:
            for node in compose(text, laxest):
                nodes.append(node)
            return nodes
        except UnreadableError as failure:
            error = error or failure
            best = max(best, nodes, key=len)
    if error and len(problems) < PROBLEM_LIMIT:
        end = base + len(part)
        at = min(max(error.offset, base), end)
        span = Span(path, at, min(at + 1, end))
        problems.append(Problem(path, f"cannot be read as YAML: {error.reason}", span))
    return best
