"""Finds private keys that are pasted into string constants."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

from mtlslint.code.ir import Invoke, Literal, Method, Module
from mtlslint.code.walk import nodes_in
from mtlslint.facts import Paths
from mtlslint.model import Material
from mtlslint.source import Source, Span

_BEGIN = re.compile(rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----")
_ENCODED = re.compile(rb"LS0tLS1CRUdJTi[A-Za-z0-9+/]{60,}={0,2}")
_BODY = re.compile(rb"[A-Za-z0-9+/=]{16,}")


def keys_in(source: Source) -> tuple[Material, ...]:
    """Return the private keys that strings of a file hold."""
    if b"PRIVATE KEY-----" not in source.data and not _ENCODED.search(source.data):
        return ()
    from mtlslint.parsers.python.lower import is_test_path, python_parser

    test = is_test_path(source.path)
    found: list[Material] = []
    waiting = [python_parser().parse(source.data).root_node]
    while waiting:
        node = waiting.pop()
        if node.type == "comment":
            continue
        if node.type == "string":
            span = _key(source, node.start_byte, node.end_byte)
            if span is not None and not _documents(node):
                found.append(Material("private key", "key", "embedded", span, test_code=test))
        else:
            waiting.extend(node.named_children)
    return tuple(sorted(found, key=lambda one: one.span))


def _encoded(source: Source, start: int, end: int) -> Span | None:
    """A key in PEM that was encoded once more."""
    match = _ENCODED.search(source.data, start, end)
    if match is None:
        return None
    try:
        text = b64decode(match[0] + b"=" * (-len(match[0]) % 4))
    except ValueError:
        return None
    begin = _BEGIN.search(text)
    return Span(source.path, match.start(), match.end()) if begin is not None else None


_TAKES_KEY = frozenset({"keyfile", "ssl_keyfile", "key_file", "ssl_key", "private_key_file"})


def keys_beside(module: Module, paths: Paths) -> Iterator[Material]:
    """Yield the private keys that calls name and the project holds."""
    bodies = [(one.body, one.test) for one in module.functions]
    if module.body is not None:
        bodies.append((module.body, False))
    for body, test in bodies:
        for node in nodes_in(body):
            if not isinstance(node, (Method, Invoke)):
                continue
            for literal in _key_names(node):
                found = _beside(str(literal.value), module.path, paths)
                if found:
                    yield Material(found, "key", "file", literal.span, test_code=test)


def _key_names(call: Method | Invoke) -> Iterator[Literal]:
    named = [node for name, node in call.keywords if name in _TAKES_KEY]
    if isinstance(call, Method) and call.name == "load_cert_chain":
        named += call.args[1:2]
    for node in named:
        if isinstance(node, Literal) and isinstance(node.value, str) and node.value:
            yield node


def _beside(name: str, path: str, paths: Paths) -> str:
    """Return the project's file of a relative name as seen from a file's folder, or above."""
    if name.startswith("/"):
        return ""
    parts = path.split("/")[:-1]
    for count in range(len(parts), -1, -1):
        found = "/".join((*parts[:count], name.removeprefix("./")))
        if found in paths.known:
            return found
    return ""


def _documents(node: object) -> bool:
    parent = getattr(node, "parent", None)
    return parent is not None and parent.type == "expression_statement"


def _key(source: Source, start: int, end: int) -> Span | None:
    match = _BEGIN.search(source.data, start, end)
    if match is None:
        return _encoded(source, start, end)
    finish = source.data.find(b"-----END", match.end(), end)
    body = source.data[match.end() : finish if finish != -1 else end]
    if sum(len(piece) for piece in _BODY.findall(body)) < 60:
        return None
    return Span(source.path, match.start(), match.end())
