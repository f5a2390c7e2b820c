"""`use` trees: which full path each bare name of a module stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from mtlslint.code.ir import Condition, Path

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(slots=True)
class Scope:
    """What names mean here: this scope's imports, then those around it.

    `locals` are variables, which hide what is imported under their name. `externs` are crates that
    are declared here, which makes them names of this module. `twins` has all that names are
    imported as that stand under build-time switches, each with those.
    """

    outer: Scope | None = None
    imports: dict[str, Path] = field(default_factory=dict)
    globs: list[Path] = field(default_factory=list)
    defined: set[str] = field(default_factory=set)
    owner: Path = ()
    locals: set[str] = field(default_factory=set)
    externs: dict[str, Path] = field(default_factory=dict)
    twins: dict[str, list[tuple[Conditions, Path]]] = field(default_factory=dict)

    def enter(self, name: str, path: Path, conditions: Conditions) -> None:
        """Take an import in; of twins the one counts that fewest switches have to be on for."""
        if conditions or name in self.twins:
            first: list[tuple[Conditions, Path]] = []
            if name in self.imports:
                first = [((), self.imports[name])]
            known = self.twins.setdefault(name, first)
            known.append((conditions, path))
            path = min(known, key=_strangeness)[1]
        self.imports[name] = path

    def under(self, conditions: Conditions) -> dict[str, Path]:
        """Return what names mean where these conditions hold, as far as twins differ in that."""
        found: dict[str, Path] = {}
        scope: Scope | None = self if conditions else None
        while scope is not None:
            for name, known in scope.twins.items():
                left = {path for under, path in known if not _contradict(under, conditions)}
                if len(left) == 1:
                    found.setdefault(name, left.pop())
            scope = scope.outer
        return found

    def value(self, path: Path) -> Path:
        """Return the full path of what a path means as a value."""
        if len(path) == 1:
            scope: Scope | None = self
            while scope is not None:
                if path[0] in scope.locals:
                    return path
                scope = scope.outer
        return self.resolve(path)

    def resolve(self, path: Path) -> Path:
        """Return the full path as far as imports and definitions tell."""
        if not path:
            return path
        first = path[0]
        if first == "Self":
            return (*self._owner(), *path[1:]) or path
        scope: Scope | None = self
        while scope is not None:
            target = scope.imports.get(first)
            if target is not None:
                full = (*target, *path[1:])
                return full if target[0] == first else self._again(full, scope, {first})
            if first in scope.defined:
                return ("self", *path)
            scope = scope.outer
        return path

    def _again(self, path: Path, scope: Scope, seen: set[str]) -> Path:
        """An import may begin with another import's name: `use rustls as tls; use tls::X`."""
        target = scope.imports.get(path[0])
        if target is None or path[0] in seen or target[0] == path[0]:
            return path
        seen.add(path[0])
        return self._again((*target, *path[1:]), scope, seen)

    def _owner(self) -> Path:
        scope: Scope | None = self
        while scope is not None:
            if scope.owner:
                return scope.owner
            scope = scope.outer
        return ()


Conditions = tuple[Condition, ...]


def _strangeness(twin: tuple[Conditions, Path]) -> tuple[bool, int]:
    """Order imports of one name: those of the crate itself last, it may be a stand-in."""
    conditions, path = twin
    return path[0] in ("crate", "self", "super"), sum(one.holds for one in conditions)


def _contradict(some: Conditions, others: Conditions) -> bool:
    switches = {one.atom: one.holds for one in some}
    return any(switches.get(one.atom, one.holds) is not one.holds for one in others)


def add_use(scope: Scope, declaration: Node, conditions: Conditions = ()) -> None:
    """Add what a `use` or `extern crate` declaration brings in."""
    argument = declaration.child_by_field_name("argument")
    if argument is None:
        _add_crate(scope, declaration)
        return
    for name, path in _leaves(argument):
        if path[0] == "self" and path[1:2] and path[1] in scope.externs:
            path = (*scope.externs[path[1]], *path[2:])
        if name == "*":
            scope.globs.append(path)
        elif name != "_":
            scope.enter(name, path, conditions)


def _add_crate(scope: Scope, declaration: Node) -> None:
    crate, alias = (declaration.child_by_field_name(name) for name in ("name", "alias"))
    if crate is not None:
        name = text_of(alias or crate)
        scope.externs[name] = path_of(crate)
        if alias is not None:
            scope.imports[name] = path_of(crate)


def _leaves(root: Node) -> Iterator[tuple[str, Path]]:
    """Yield (name, path) for everything a use tree names; `*` for a glob."""
    waiting: list[tuple[Node, Path]] = [(root, ())]
    while waiting:
        node, prefix = waiting.pop()
        if node.type == "use_list":
            waiting.extend((child, prefix) for child in node.named_children)
        elif node.type == "scoped_use_list":
            path, inner = node.child_by_field_name("path"), node.child_by_field_name("list")
            if inner is not None:
                waiting.append((inner, prefix + (path_of(path) if path else ())))
        elif node.type == "use_as_clause":
            path, alias = node.child_by_field_name("path"), node.child_by_field_name("alias")
            if path is not None and alias is not None:
                yield text_of(alias), _without_self(prefix + path_of(path))
        elif node.type == "use_wildcard":
            inner_path = node.named_children[0] if node.named_children else None
            yield "*", prefix + (path_of(inner_path) if inner_path else ())
        else:
            full = _without_self(prefix + path_of(node))
            if full:
                yield full[-1], full


def _without_self(path: Path) -> Path:
    return path[:-1] if len(path) > 1 and path[-1] == "self" else path


def text_of(node: Node) -> str:
    """Return an identifier's text, without `r#`."""
    return decoded(node.text or b"")


@lru_cache(maxsize=1 << 16)
def decoded(text: bytes) -> str:
    """Return a word's text; files are written in the same few words: each is made once."""
    return str(text, "utf-8", "replace").removeprefix("r#")


_NAMES = frozenset(
    {"identifier", "type_identifier", "self", "super", "crate", "metavariable", "primitive_type"}
)


_SCOPED = frozenset({"scoped_identifier", "scoped_type_identifier"})
_PLAIN = re.compile(rb"[A-Za-z_]\w*(?:::[A-Za-z_]\w*)+")


@lru_cache(maxsize=1 << 16)
def _plain(text: bytes) -> Path | None:
    """Return the parts of a path that is written without blanks or generic arguments."""
    return tuple(text.decode().split("::")) if _PLAIN.fullmatch(text) is not None else None


def path_of(node: Node) -> Path:
    """Return the parts of a path, generic arguments dropped; empty for what is no path."""
    kind = node.type
    if kind in _NAMES:
        return (text_of(node),)
    plain = _plain(node.text or b"") if kind in _SCOPED else None
    if plain is not None:
        return plain
    parts: list[str] = []
    current: Node | None = node
    while current is not None:
        kind = current.type
        if kind in _NAMES:
            parts.append(text_of(current))
            break
        if kind in ("generic_type", "generic_type_with_turbofish", "qualified_type"):
            current = current.child_by_field_name("type")
        elif kind in _SCOPED:
            name = current.child_by_field_name("name")
            if name is not None:
                parts.append(text_of(name))
            current = current.child_by_field_name("path")
        elif kind == "bracketed_type" and current.named_children:
            current = current.named_children[0]
        else:
            return ()
    return tuple(reversed(parts))


_WRAPPERS = frozenset(
    {"Arc", "Rc", "Box", "Option", "Result", "Mutex", "RwLock", "Cow", "Into", "AsRef", "OnceCell"}
    | {"OnceLock", "LazyLock", "Lazy", "Pin", "RefCell", "Data", "ArcSwap", "Borrow", "BorrowMut"}
)


def type_path(node: Node | None, scope: Scope) -> Path:
    """Return the path of a declared type, inside references and the usual wrappers."""
    for _ in range(20):
        if node is None:
            return ()
        kind = node.type
        if kind == "reference_type":
            node = node.child_by_field_name("type")
        elif kind in ("dynamic_type", "abstract_type"):
            node = node.child_by_field_name("trait")
        elif kind == "bounded_type" and node.named_children:
            node = node.named_children[0]
        elif kind == "generic_type":
            path = path_of(node)
            arguments = node.child_by_field_name("type_arguments")
            if path and path[-1] in _WRAPPERS and arguments and arguments.named_children:
                node = arguments.named_children[0]
            else:
                return scope.resolve(path)
        else:
            return scope.resolve(path_of(node))
    return ()
