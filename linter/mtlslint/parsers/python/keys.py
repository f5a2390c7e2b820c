"""Finds private keys that are pasted into string constants."""

from __future__ import annotations

from collections.abc import Iterator

from mtlslint.code.ir import Invoke, Literal, Method, Module
from mtlslint.code.walk import nodes_in
from mtlslint.facts import Paths
from mtlslint.keys import key_in, may_hold_key
from mtlslint.model import Material
from mtlslint.source import Source, Span


def keys_in(source: Source) -> tuple[Material, ...]:
    """Return the private keys that strings of a file hold."""
    if not may_hold_key(source.data):
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
            key = key_in(source.data, node.start_byte, node.end_byte)
            if key is not None and not _documents(node):
                span = Span(source.path, *key)
                found.append(Material("private key", "key", "embedded", span, test_code=test))
        else:
            waiting.extend(node.named_children)
    return tuple(sorted(found, key=lambda one: one.span))


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
