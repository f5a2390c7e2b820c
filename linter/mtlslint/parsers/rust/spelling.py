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
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mtlslint.code.api import Api, Row
from mtlslint.edit import Fix, by_path, joined
from mtlslint.facts import Change, Project
from mtlslint.model import Value
from mtlslint.parsers.rust.arguments import Arguments, inside_some, keys_of, reads_argument
from mtlslint.parsers.rust.naming import Naming
from mtlslint.parsers.rust.rewriting import (
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
    find,
    followed,
    scope_at,
    still_rust,
)
from mtlslint.parsers.rust.uses import path_of, text_of
from mtlslint.source import Sources, Span

if TYPE_CHECKING:
    from tree_sitter import Node


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    """Return the edits for a change: whole, or None."""
    fix = joined(_spelled(name, span, change, project, sources) for name, span in change.wrong())
    if fix is None:
        return None
    parsing = (still_rust(sources.by_path[path], own) for path, own in by_path(fix.edits).items())
    return fix if all(parsing) else None


def _spelled(
    name: str, span: Span, change: Change, project: Project, sources: Sources
) -> Fix | None:
    source = sources.by_path.get(span.path)
    if source is None or not span.path.endswith(".rs"):
        return None
    site = find(source, span)
    if site is None or (change.elsewhere(name) and chosen(site, project)):
        return None
    return _Speller(site, _api(span.path, project)).spelled(name, change.values[name])


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
        self.arguments = Arguments(site, api)

    def spelled(self, name: str, value: Value) -> Fix | None:
        """Return what to write; None if nothing plain would do, or not one thing alone."""
        if self.site.kind == METHOD:
            return self._answering(name, value)
        found: list[Fix] = []
        for row in self._rows(name):
            made = self._by_row(row, name, value)
            if made is not None and made not in found:
                found.append(made)
        return found[0] if len(found) == 1 else None

    def _answering(self, name: str, value: Value) -> Fix | None:
        """Let a verifier's own `client_auth_mandatory` say yes where it plainly says no."""
        wanted = (name, value) == ("client_auth", "required")
        if not wanted or text_of(self.site.name) != "client_auth_mandatory":
            return None
        given = _only_expression(self.site.node.child_by_field_name("body"))
        answer = followed(inside_some(given)) if given is not None else None
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

    def _by_row(self, row: Row, name: str, value: Value) -> Fix | None:
        hint = row.spell.get(name)
        if hint == "-":
            if not reads_argument(row, name):
                return without(self.site, last=True)
            switch = self.arguments.switched(row, name, value)
            return (without(self.site, last=False) or switch) if switch else None
        if isinstance(hint, Mapping):
            return self._worded(hint)
        if hint:
            return self._hinted(row, hint)
        return self.arguments.switched(row, name, value) or self.arguments.flagged(row, name, value)

    def _hinted(self, row: Row, hint: str) -> Fix | None:
        """Return what a row's `spell` says."""
        if re.fullmatch(r"\w+", hint):
            return renamed(self.site, hint)
        text = Naming(self.site, self.api).filled(row, hint)
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

    def _instead(self, first: Node, text: str) -> Fix:
        """Write something else from the call's name to its last argument."""
        site = self.site
        edit = site.replace(first, text)
        span = edit.span._replace(end=site.node.end_byte)
        return Fix(f"replace `{site.text(first)}` by `{text}`", (edit._replace(span=span),))

    def _worded(self, words: Mapping[str, str]) -> Fix | None:
        """Write the other word of the same enumeration."""
        for argument in self.site.arguments[:1]:
            path = path_of(argument)
            name = argument.child_by_field_name("name")
            if len(path) > 1 and path[-2] in words and name is not None:
                return replacing(self.site, name, words[path[-2]])
        return None


def _speaks_of(row: Row, name: str) -> bool:
    told = {*row.set, *row.spell, *(key for case in row.cases for key in case.set)}
    return any(key in told for key in keys_of(name))


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
