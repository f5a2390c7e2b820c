"""Lowers a file: its functions and classes that may matter for TLS, and its own statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from mtlslint.code import ir, items
from mtlslint.parsers.python import expressions as _expressions  # noqa: F401 - enters its handlers
from mtlslint.parsers.python import holding as _holding  # noqa: F401 - enters its handlers
from mtlslint.parsers.python.choosing import wanted
from mtlslint.parsers.python.items import enter_class, lower_function
from mtlslint.parsers.python.literals import text_of
from mtlslint.parsers.python.lowering import Lowering
from mtlslint.parsers.python.scope import Scope, add_imports, add_late_import, names_bound
from mtlslint.parsers.python.settings_file import settings_call
from mtlslint.parsers.python.statements import lower_statement
from mtlslint.parsers.python.twins import twins_in

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

_STATEMENTS = 3000


@cache
def python_parser() -> Parser:
    """Return a parser; the grammar is loaded when the first file is read."""
    import tree_sitter_python
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_python.language()))


def lower_file(path: str, data: bytes, root: Node) -> items.Module:
    """Return the module that a file is, of which `root` is the tree."""
    roots = _roots(data, root)
    name, package = module_name(path)
    low = Lowering(path, data, package, is_test_path(path), name)
    scope = Scope(name)
    plain: list[Node] = []
    definitions: list[Node] = []
    for node in (node for root in roots for node in _top(root)):
        if node.type.startswith("import_") or node.type == "future_import_statement":
            if node.type != "future_import_statement":
                add_imports(scope, node, package)
        elif node.type in ("function_definition", "class_definition"):
            definitions.append(node)
            scope.names.add(text_of(node.child_by_field_name("name")))
        elif not add_late_import(scope, node):
            plain.append(node)
    bound = [names_bound(node)[0] for node in plain]
    scope.names = scope.names.union(*bound)
    statements = list(zip(plain, bound, strict=True))
    low.wanted = wanted(data, definitions, statements, scope, low.test_file)
    _define(low, definitions, scope)
    run = [node for node in plain[:_STATEMENTS] if not low.is_idle(node)]
    body = [one for node in run for one in lower_statement(low, node, scope)]
    body += settings_call(low, path, plain, scope.names)
    return items.Module(
        path=path,
        name=name,
        functions=tuple(low.functions),
        types=low.types,
        imports=dict(scope.imports),
        globs=tuple(scope.globs),
        bases=low.bases,
        body=ir.Block(low.span(roots[0]), tuple(body)),
    )


_BEGINS = re.compile(rb"^(?:def|class|async def|@|if __name__)\b", re.MULTILINE)
_PIECES = 500


def _roots(data: bytes, root: Node) -> list[Node]:
    """Return the tree, or, of a file that is being typed, one for each piece that begins anew."""
    from tree_sitter import Parser, Point, Range

    starts = [match.start() for match in _BEGINS.finditer(data)] if root.has_error else []
    if not 0 < len(starts) <= _PIECES:
        return [root]
    rows = [data.count(b"\n", 0, start) for start in starts]
    found: list[Node] = []
    bounds = [(0, 0), *zip(starts, rows, strict=True), (len(data), data.count(b"\n"))]
    for (start, row), (end, last) in pairwise(bounds):
        piece = Range(Point(row, 0), Point(last, 0), start, end)
        parser = Parser(python_parser().language, included_ranges=[piece])
        found.append(parser.parse(data).root_node)
    return found


def module_name(path: str) -> tuple[ir.Path, ir.Path]:
    """Return a module's path and that of the package it is in."""
    *folders, base = path.split("/")
    stem = base.rpartition(".")[0] or base
    if stem == "__init__":
        return tuple(folders), tuple(folders)
    return (*folders, stem), tuple(folders)


_TEST_FOLDERS = frozenset({"tests", "test", "testing"})
_TEST_FILE = re.compile(r"^(?:test_.*|.*_tests?|tests?|conftest)\.py$")


def is_test_path(path: str) -> bool:
    """Whether a whole file is test code by where it lies or what it is called."""
    *folders, name = path.split("/")
    return bool(_TEST_FOLDERS.intersection(folders)) or bool(_TEST_FILE.match(name))


_HOLDERS = frozenset({"if_statement", "try_statement"})


def _top(root: Node) -> Iterator[Node]:
    """Yield the module's statements; definitions and imports under `if` and `try` too."""
    waiting = [(child, True) for child in reversed(root.named_children)]
    while waiting:
        node, plain = waiting.pop()
        inner = node.child_by_field_name("definition") or node
        if inner.type in ("function_definition", "class_definition"):
            yield inner
        elif node.type.startswith("import_") or (plain and node.type not in ("comment", "ERROR")):
            yield node
        if node.type in _HOLDERS or node.type.endswith("_clause") or node.type == "ERROR":
            below = (c for c in node.named_children)
            waiting.extend((child, node.type == "ERROR") for child in reversed(list(below)))
        elif node.type == "block" and not plain:
            waiting.extend((child, False) for child in reversed(node.named_children))


def _define(low: Lowering, definitions: list[Node], scope: Scope) -> None:
    twins = twins_in(definitions, low.path)
    for node in definitions:
        if node.type == "class_definition":
            enter_class(low, node, scope)
        elif node.id in low.wanted:
            function = lower_function(low, node, scope)
            low.functions.append(replace(function, conditions=twins.get(node.id, ())))
