"""What names mean: variables of functions, imports, and what the module itself defines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from mtlslint.code.ir import Path
from mtlslint.parsers.python.literals import text_of

if TYPE_CHECKING:
    from tree_sitter import Node, QueryCursor


@dataclass
class Scope:
    """A module's, class's or function's names, then those around it.

    `own` is the first parameter of a method, by which the object calls itself.
    """

    module: Path
    outer: Scope | None = None
    imports: dict[str, Path] = field(default_factory=dict)
    globs: list[Path] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    own: str = ""

    def resolve(self, name: str) -> Path:
        """Return the full path of what a name means; a variable or builtin stays alone."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.imports:
                return scope.imports[name]
            if scope.outer is None and name in scope.names:
                return ("", *scope.module, name)
            if name in scope.names and name not in scope.shared:
                return (name,)
            scope = scope.outer
        return (name,)

    def spelled(self, name: str) -> str:
        """Return a dotted name as it is without aliases."""
        first, *rest = name.split(".")
        return ".".join((*self.resolve(first), *rest))

    @property
    def receiver(self) -> str:
        """The innermost method's first parameter; empty outside of methods."""
        scope: Scope | None = self
        while scope is not None:
            if scope.own:
                return scope.own
            scope = scope.outer
        return ""


def add_imports(scope: Scope, node: Node, package: Path) -> None:
    """Add what an import statement brings in; `package` is where relative imports begin."""
    if node.type == "import_statement":
        _plain(scope, node)
        return
    holder = node.child_by_field_name("module_name")
    if holder is None:
        return
    base = _module(holder, package)
    for child in node.named_children:
        if child.type == "wildcard_import":
            scope.globs.append(base)
        elif child != holder and child.type == "aliased_import":
            name = child.child_by_field_name("name")
            alias = child.child_by_field_name("alias")
            scope.imports[text_of(alias)] = (*base, *dotted(name))
        elif child != holder and child.type == "dotted_name":
            path = dotted(child)
            scope.imports[path[-1]] = (*base, *path)


def _plain(scope: Scope, node: Node) -> None:
    for child in node.named_children:
        if child.type == "aliased_import":
            alias = child.child_by_field_name("alias")
            scope.imports[text_of(alias)] = dotted(child.child_by_field_name("name"))
        elif child.type == "dotted_name":
            first = dotted(child)[0]
            scope.imports[first] = (first,)


def _module(node: Node, package: Path) -> Path:
    if node.type != "relative_import":
        return dotted(node)
    prefix = next((c for c in node.named_children if c.type == "import_prefix"), None)
    inner = next((c for c in node.named_children if c.type == "dotted_name"), None)
    up = len(text_of(prefix)) - 1
    base = package[: len(package) - up] if up else package
    return ("", *base, *(dotted(inner) if inner is not None else ()))


def add_late_import(scope: Scope, node: Node) -> bool:
    """Add `name = importlib.import_module("..")`; False if the statement is no such import."""
    inner = node.named_children[0] if node.type == "expression_statement" else None
    if inner is None or inner.type != "assignment":
        return False
    left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
    if left is None or right is None or left.type != "identifier" or right.type != "call":
        return False
    called = scope.spelled(text_of(right.child_by_field_name("function")))
    match = _CONSTANT.match(text_of(right.child_by_field_name("arguments")))
    if match is None or called not in ("__import__", "importlib.import_module"):
        return False
    path = tuple(match[1].split("."))
    scope.imports[text_of(left)] = path[:1] if called == "__import__" else path
    return True


_CONSTANT = re.compile(r"""^\(\s*["']([A-Za-z_][\w.]*)["']\s*(?:,|\))""")


def dotted(node: Node | None) -> Path:
    """Return the parts of a dotted name."""
    return tuple(part.strip() for part in text_of(node).split(".")) if node is not None else ("",)


_BINDINGS = """[
  (assignment left: (_) @target) (augmented_assignment left: (_) @target)
  (for_statement left: (_) @target) (named_expression name: (_) @target)
  (as_pattern alias: (_) @target)
  (global_statement (identifier) @shared) (nonlocal_statement (identifier) @shared)
  (function_definition) @inner (class_definition) @inner (lambda) @inner
]"""


@cache
def _bindings() -> QueryCursor:
    import tree_sitter_python
    from tree_sitter import Language, Query, QueryCursor

    return QueryCursor(Query(Language(tree_sitter_python.language()), _BINDINGS))


def names_bound(body: Node) -> tuple[set[str], set[str]]:
    """Return the names that a body binds and those that it declares to be outer ones."""
    found = _bindings().captures(body)
    targets, declared = found.get("target", []), found.get("shared", [])
    bound: set[str] = set()
    end = 0
    for inner in sorted(found.get("inner", ()), key=lambda one: one.start_byte):
        if inner.start_byte >= end:
            start, end = inner.byte_range
            bound.add(text_of(inner.child_by_field_name("name")))
            targets = [one for one in targets if not start <= one.start_byte < end]
            declared = [one for one in declared if not start <= one.start_byte < end]
    for target in targets:
        bound.update(_names_in(target))
    return bound - {""}, {text_of(one) for one in declared}


def _names_in(target: Node) -> Iterator[str]:
    waiting = [target]
    while waiting:
        one = waiting.pop()
        if one.type == "identifier":
            yield text_of(one)
        elif one.type not in ("attribute", "subscript", "call"):
            waiting.extend(one.named_children)
