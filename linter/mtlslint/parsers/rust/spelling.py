"""Writes down in Rust what settings are to be: the rows of `api.yaml`, read backwards.

A row says which value a call gives a setting for which argument; so it also says which argument
gives the value that is wanted. What can't be told from that stands in the row as `spell`:

    spell: {client_auth: "-"}              the call is left out
    spell: {min_version: other_name}       another function, or (capitalised) another type
    spell: {min_version: ".set({Type}::X)"}   a call is added to what this one makes, with `?`
                                           if it may fail; in `{Type}` the path of a type of the
                                           same module
    spell: {min_version: "make({*}).set()"}   instead of the call, `{*}` being its arguments and
                                           `{0}` the first
    spell: {peer_chain: {Type: Word}}      the word for the argument's type
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mtlslint.code.api import Api, Case, Row
from mtlslint.code.ir import Path
from mtlslint.edit import Fix, merged
from mtlslint.facts import Change, Project
from mtlslint.model import VERSIONS, Value
from mtlslint.parsers.rust.rewriting import (
    Rewrite,
    beside,
    renamed,
    replacing,
    with_statement,
    with_step,
    without,
)
from mtlslint.parsers.rust.sites import (
    ASSIGNMENT,
    METHOD,
    STEP,
    Site,
    chosen,
    descendants,
    find,
    followed,
    imports_of,
    scope_at,
    still_rust,
)
from mtlslint.parsers.rust.uses import path_of, text_of
from mtlslint.source import Sources

if TYPE_CHECKING:
    from tree_sitter import Node

KEYS: Mapping[str, tuple[str, ...]] = {
    "min_version": ("min_version", "floor.minimum"),
    "client_auth": ("client_auth", "auth.optional"),
}
"""What the rows call a setting that several constructs decide together."""

OTHER_WORDS: Mapping[tuple[str, Value], Value] = {("auth.optional", "required"): "off"}


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    """Return the edits for a change: whole, or None."""
    made: list[Rewrite] = []
    for name, span in change.wrong():
        source = sources.by_path.get(span.path)
        if source is None or not span.path.endswith(".rs"):
            return None
        site = find(source, span)
        if site is None or (change.elsewhere() and chosen(site, project)):
            return None
        one = _Speller(site, _api(span.path, project)).spelled(name, change.values[name])
        if one is None:
            return None
        made.append(one)
    edits = merged(edit for one in made for edit in one.edits)
    if not edits or not _parse(edits, sources):
        return None
    return Fix("; ".join(dict.fromkeys(one.title for one in made)), edits)


def _parse(edits: Iterable[Any], sources: Sources) -> bool:
    by_path: dict[str, list[Any]] = {}
    for edit in edits:
        by_path.setdefault(edit.span.path, []).append(edit)
    return all(still_rust(sources.by_path[path], own) for path, own in by_path.items())


def _api(path: str, project: Project) -> Api:
    """Return the rows, with the names that the crate of a file gives its dependencies."""
    from mtlslint.parsers.rust import language

    api = language().api
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        facts = project.facts.get(f"{folder}/Cargo.toml" if folder else "Cargo.toml")
        if facts is not None and facts.tree is not None:
            return replace(api, renames=facts.tree.renames)
    return api


class _Speller:
    """How one construct would give a setting another value."""

    def __init__(self, site: Site, api: Api) -> None:
        self.site = site
        self.api = api

    def spelled(self, name: str, value: Value) -> Rewrite | None:
        """Return what to write; None if nothing plain would do, or not one thing alone."""
        if self.site.kind == METHOD:
            return self._answering(name, value)
        found: list[Rewrite] = []
        for row in self._rows(name):
            made = self._by_row(row, name, value)
            if made is not None and made not in found:
                found.append(made)
        return found[0] if len(found) == 1 else None

    def _answering(self, name: str, value: Value) -> Rewrite | None:
        """Let a verifier's own `client_auth_mandatory` say yes where it plainly says no."""
        wanted = (name, value) == ("client_auth", "required")
        if not wanted or text_of(self.site.name) != "client_auth_mandatory":
            return None
        given = _only_expression(self.site.node.child_by_field_name("body"))
        answer = followed(_inside_some(given)) if given is not None else None
        if answer is None or self.site.text(answer) != "false":
            return None
        return replacing(self.site, answer, "true")

    def _rows(self, name: str) -> list[Row]:
        """Return the rows that may be meant; of several crates, those that the file names."""
        if self.site.kind not in (STEP, ASSIGNMENT):
            path = scope_at(self.site.node).resolve(path_of(self.site.name))
            row = self.api.find(path)
            return [row] if row is not None else []
        called = text_of(self.site.name)
        found: dict[str, Row] = {}
        for kind in self.api.kinds.values():
            table = kind.methods if self.site.kind == STEP else kind.fields
            if called in table and _speaks_of(table[called], name):
                found[kind.name] = table[called]
        near = [row for kind, row in found.items() if self._names(kind.partition(".")[0])]
        return near or list(found.values())

    def _names(self, crate: str) -> bool:
        words = [crate, *(alias for alias, to in self.api.aliases.items() if to == crate)]
        return any(word.encode() in self.site.source.data for word in words)

    def _by_row(self, row: Row, name: str, value: Value) -> Rewrite | None:
        hint = row.spell.get(name)
        if hint == "-":
            if not any(key in row.set and isinstance(row.set[key], Mapping) for key in _keys(name)):
                return without(self.site, last=True)
            switch = self._switched(row, name, value)
            return (without(self.site, last=False) or switch) if switch else None
        if isinstance(hint, Mapping):
            return self._worded(hint)
        if hint:
            return self._hinted(row, hint)
        return self._switched(row, name, value) or self._flagged(row, name, value)

    def _hinted(self, row: Row, hint: str) -> Rewrite | None:
        """Return what a row's `spell` says."""
        if re.fullmatch(r"\w+", hint):
            return renamed(self.site, hint)
        text = self._filled(row, hint)
        if text is None:
            return None
        if not hint.startswith("."):
            if self.site.kind == STEP:
                return self._instead(self.site.name, text)
            own = self.site.name.child_by_field_name("name")
            return self._instead(own, text) if own is not None else None
        if self.site.kind == STEP:
            return beside(self.site, text)
        step = None if text.endswith("?") else with_step(self.site, text)
        return step or with_statement(self.site, text)

    def _instead(self, first: Node, text: str) -> Rewrite:
        """Write something else from the call's name to its last argument."""
        site = self.site
        edit = site.replace(first, text)
        span = edit.span._replace(end=site.node.end_byte)
        return Rewrite(f"replace `{site.text(first)}` by `{text}`", (edit._replace(span=span),))

    def _filled(self, row: Row, hint: str) -> str | None:
        """Return a `spell` with its braces filled in; None if a path isn't known here."""
        given = [self.site.text(argument) for argument in self.site.arguments]

        def filling(found: re.Match[str]) -> str:
            word = found[1]
            if word == "*":
                return ", ".join(given)
            if word.isdigit():
                return given[int(word)] if int(word) < len(given) else "\0"
            return self._type(word, row) or "\0"

        text = re.sub(r"\{(\w+|\*)\}", filling, hint)
        return None if "\0" in text else text

    def _type(self, name: str, row: Row) -> str:
        """Return how a library's type is named here: as imported, or beside a type that is."""
        scope = scope_at(self.site.node)
        near: list[Path] = [scope.resolve(path_of(self.site.name))]
        if self.site.kind == STEP:
            siblings = self._siblings(row)
            near = [path for _, path in imports_of(scope) if path[-1] in siblings]
        crates = {key[0] for path in near if (key := self.api.key(path)) is not None}
        for local, path in imports_of(scope):
            if path[-1] == name and (key := self.api.key(path)) is not None and key[0] in crates:
                return local
        modules = (self._module(path) for path in near)
        return next((f"{module}::{name}" for module in modules if module), "")

    def _siblings(self, row: Row) -> set[str]:
        """Return the types that a method with this row belongs to, or that make one."""
        called = text_of(self.site.name)
        kinds = [one for one in self.api.kinds.values() if one.methods.get(called) == row]
        types = {path.rpartition("::")[2] for one in kinds for path in one.types}
        return types | {one.removesuffix("Builder") for one in types}

    def _module(self, path: Path) -> str:
        """Return the module of a library's type, if the path leads through that library."""
        key = self.api.key(path)
        at = next((i for i, part in enumerate(path) if part[:1].isupper()), 0)
        module = path[:at]
        crates = {self.api.renames.get(part, part) for part in module}
        return "::".join(module) if key is not None and key[0] in crates else ""

    def _worded(self, words: Mapping[str, str]) -> Rewrite | None:
        """Write the other word of the same enumeration."""
        for argument in self.site.arguments[:1]:
            path = path_of(argument)
            name = argument.child_by_field_name("name")
            if len(path) > 1 and path[-2] in words and name is not None:
                return replacing(self.site, name, words[path[-2]])
        return None

    def _switched(self, row: Row, name: str, value: Value) -> Rewrite | None:
        """Write another argument: the switch, version or size that gives the value."""
        for key in _keys(name):
            spec = row.set.get(key)
            if isinstance(spec, Mapping) and isinstance(spec.get("arg"), int):
                wanted = OTHER_WORDS.get((key, value), value)
                return self._argument(spec, wanted)
        return None

    def _argument(self, spec: Mapping[Any, Any], value: Value) -> Rewrite | None:
        node = self._argument_node(spec["arg"])
        if node is None:
            return None
        how = spec.get("as", "switch")
        if how == "size":
            return replacing(self.site, node, "0") if value == "off" else None
        if how == "protocol":
            return self._raised(node, str(value))
        if how == "switch":
            plain = followed(_inside_some(node))
            for word in (True, False):
                other = str(not word).lower()
                if spec.get(word) == value and plain is not None and self.site.text(plain) == other:
                    return replacing(self.site, plain, str(word).lower())
        return None

    def _argument_node(self, number: int) -> Node | None:
        if self.site.kind == ASSIGNMENT:
            return self.site.node.child_by_field_name("right")
        return self.site.arguments[number] if number < len(self.site.arguments) else None

    def _raised(self, node: Node, wanted: str) -> Rewrite | None:
        """Write a newer version in the words of the same library."""
        old = [one for one in self._constants(node) if text_of(one) in self.api.versions]
        if len(old) != 1 or self._rank(text_of(old[0])) >= VERSIONS.index(wanted):
            return None
        new = self._version_like(text_of(old[0]), wanted)
        return replacing(self.site, old[0], new) if new else None

    def _rank(self, word: str) -> int:
        return VERSIONS.index(self.api.versions[word])

    def _constants(self, node: Node) -> Iterator[Node]:
        """Yield the last names of all paths in an expression, behind variables too."""
        for one in [node, *descendants(node)]:
            if one.type == "scoped_identifier":
                name = one.child_by_field_name("name")
                if name is not None:
                    yield name
            elif one.type == "identifier" and (
                one.parent is None or one.parent.type != "scoped_identifier"
            ):
                plain = followed(one)
                if plain is not None and plain != one:
                    yield from self._constants(plain)

    def _version_like(self, old: str, wanted: str) -> str:
        """Return a version's name in the manner of another one's: `TLS1` makes `TLS1_2`."""
        letters = re.sub(r"\d.*", "", old)
        letters = letters.replace("SSL", "TLS").replace("Ssl", "Tls")
        digits = wanted.removeprefix("TLSv")
        names = (letters + digits.replace(".", "_"), letters + digits.replace(".", ""))
        return next((name for name in names if self.api.versions.get(name) == wanted), "")

    def _flagged(self, row: Row, name: str, value: Value) -> Rewrite | None:
        """Write the flags that give the value, and leave those that do no harm."""
        fitting = [case for case in row.cases if case.set.get(name) == value]
        if not isinstance(row.flags, int) or not fitting:
            return None
        given = self._argument_node(row.flags)
        plain = followed(given) if given is not None else None
        flags = [*_operands(plain)] if plain is not None else []
        if plain is None or not all(self._bits(flag) is not None for flag in flags):
            return None
        text = self._with_flags(min(fitting, key=lambda case: len(case.has)), flags)
        return replacing(self.site, plain, text) if text != self.site.text(plain) else None

    def _with_flags(self, case: Case, flags: list[Node]) -> str:
        """Return flags written out: those there that do no harm, and what the case needs."""
        written: dict[str, str] = {}
        path = self.site.text(_type_of_flag(flags[0]))
        for flag in flags:
            bits = self._bits(flag) or frozenset()
            if len(bits) == 1 and not bits & case.lacks:
                written[next(iter(bits))] = self.site.text(flag)
        for bit in case.has:
            written.setdefault(bit, f"{path}::{bit}")
        return " | ".join(written[bit] for bit in self._order() if bit in written)

    def _bits(self, flag: Node) -> frozenset[str] | None:
        """Return the flags that a constant, or a call without arguments, stands for."""
        path = path_of(flag.child_by_field_name("function") or flag)
        row = self.api.find(scope_at(flag).resolve(path)) if len(path) > 1 else None
        return row.bits if row is not None else None

    def _order(self) -> list[str]:
        """Return the names of all flags, in the order of the rows."""
        rows = (key for key, row in self.api.rows.items() if row.bits is not None)
        return list(dict.fromkeys(key.rpartition("::")[2] for key in rows))


def _keys(name: str) -> tuple[str, ...]:
    return KEYS.get(name, (name,))


def _speaks_of(row: Row, name: str) -> bool:
    told = {*row.set, *row.spell, *(key for case in row.cases for key in case.set)}
    return any(key in told for key in _keys(name))


def _only_expression(body: Node | None) -> Node | None:
    """Return what a function's body gives back if it does nothing else."""
    parts = [c for c in body.named_children if not c.type.endswith("comment")] if body else []
    if len(parts) != 1:
        return None
    only = parts[0]
    if only.type == "expression_statement" and only.named_children:
        only = only.named_children[0]
    if only.type == "return_expression":
        return only.named_children[0] if only.named_children else None
    return only


def _inside_some(node: Node) -> Node:
    """Return what `Some(..)` holds; anything else as it is."""
    function, arguments = (node.child_by_field_name(name) for name in ("function", "arguments"))
    if function is None or arguments is None or text_of(function) != "Some":
        return node
    return arguments.named_children[0] if len(arguments.named_children) == 1 else node


def _operands(node: Node) -> Iterator[Node]:
    """Yield what a chain of `|` joins."""
    if node.type == "parenthesized_expression" and node.named_children:
        yield from _operands(node.named_children[0])
    elif node.type == "binary_expression" and any(child.type == "|" for child in node.children):
        for field in ("left", "right"):
            child = node.child_by_field_name(field)
            if child is not None:
                yield from _operands(child)
    else:
        yield node


def _type_of_flag(flag: Node) -> Node:
    """Return the type that a flag, or a call that gives flags, belongs to."""
    path = flag.child_by_field_name("function") or flag
    return path.child_by_field_name("path") or path
