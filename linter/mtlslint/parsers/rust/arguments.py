"""Arguments that give a setting another value: switches, sizes, versions and flags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mtlslint.code.api import Api, Case, Row
from mtlslint.edit import Fix
from mtlslint.model import VERSIONS, Value
from mtlslint.parsers.rust.rewriting import replacing
from mtlslint.parsers.rust.sites import ASSIGNMENT, Site, descendants, followed, scope_at
from mtlslint.parsers.rust.uses import path_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

KEYS: Mapping[str, tuple[str, ...]] = {
    "min_version": ("min_version", "floor.minimum"),
    "client_auth": ("client_auth", "auth.optional"),
}
"""What the rows call a setting that several constructs decide together."""

OTHER_WORDS: Mapping[tuple[str, Value], Value] = {("auth.optional", "required"): "off"}


def keys_of(name: str) -> tuple[str, ...]:
    """Return what rows call a setting."""
    return KEYS.get(name, (name,))


def reads_argument(row: Row, name: str) -> bool:
    """Say whether a row reads a setting off an argument."""
    return any(isinstance(row.set.get(key), Mapping) for key in keys_of(name))


class Arguments:
    """The arguments of a call, or what is assigned, as they may be written otherwise."""

    def __init__(self, site: Site, api: Api) -> None:
        self.site = site
        self.api = api

    def switched(self, row: Row, name: str, value: Value) -> Fix | None:
        """Write another argument: the switch, version or size that gives the value."""
        for key in keys_of(name):
            spec = row.set.get(key)
            if isinstance(spec, Mapping) and isinstance(spec.get("arg"), int):
                wanted = OTHER_WORDS.get((key, value), value)
                return self._argument(spec, wanted)
        return None

    def flagged(self, row: Row, name: str, value: Value) -> Fix | None:
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

    def _argument(self, spec: Mapping[Any, Any], value: Value) -> Fix | None:
        node = self._argument_node(spec["arg"])
        if node is None:
            return None
        how = spec.get("as", "switch")
        if how == "size":
            return replacing(self.site, node, "0") if value == "off" else None
        if how == "protocol":
            return self._raised(node, str(value))
        if how == "switch":
            plain = followed(inside_some(node))
            for word in (True, False):
                other = str(not word).lower()
                if spec.get(word) == value and plain is not None and self.site.text(plain) == other:
                    return replacing(self.site, plain, str(word).lower())
        return None

    def _argument_node(self, number: int) -> Node | None:
        if self.site.kind == ASSIGNMENT:
            return self.site.node.child_by_field_name("right")
        return self.site.arguments[number] if number < len(self.site.arguments) else None

    def _raised(self, node: Node, wanted: str) -> Fix | None:
        """Write a newer version in the words of the same library."""
        old = [one for one in self._constants(node) if text_of(one) in self.api.versions]
        if len(old) != 1:
            return None
        word = text_of(old[0])
        if VERSIONS.index(self.api.versions[word]) >= VERSIONS.index(wanted):
            return None
        new = self._version_like(word, wanted)
        return replacing(self.site, old[0], new) if new else None

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


def inside_some(node: Node) -> Node:
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
