"""Chooses which functions of a file are worth lowering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code import ir, items
from mtlslint.parsers.rust.attributes import Attributes
from mtlslint.parsers.rust.telling import USING, hints, imports, speaks
from mtlslint.parsers.rust.uses import Scope

if TYPE_CHECKING:
    from tree_sitter import Node

_EXTRACTS = frozenset({("FromRequest",), ("FromRequestParts",)})
_TAKES_SELF = re.compile(rb"\(\s*(?:&\s*(?:'\w+\s+)?)?(?:mut\s+)?self\b")
_SHORT, _RUN, _LONG = 600, 3000, 6000
"""Bytes up to which a function that hints at something, is used, or makes objects is lowered."""
_BLANKED = bytes(one if one < 128 and re.match(r"\w", chr(one)) else 32 for one in range(256))
"""Leaves words of a text that is translated by it."""


@dataclass
class Draft:
    """A module in the making; `name` is its path in the crate.

    `makers`: types, fields, and the functions that make what these have unless it is given.
    """

    name: ir.Path
    scope: Scope
    functions: list[tuple[Node, Scope, int, Attributes, ir.Path, ir.Path]] = field(
        default_factory=list
    )
    implementations: list[items.Implementation] = field(default_factory=list)
    constants: list[tuple[str, Node, int]] = field(default_factory=list)
    types: dict[str, dict[str, ir.Path]] = field(default_factory=dict)
    usual: dict[str, dict[str, str]] = field(default_factory=dict)
    makers: list[tuple[str, str, str]] = field(default_factory=list)
    exposed: dict[ir.Path, frozenset[str]] = field(default_factory=dict)
    children: list[items.Submodule] = field(default_factory=list)

    def expose(self, owner: ir.Path, fields: Iterable[str]) -> None:
        """Note fields of a type that other programs can write to."""
        known = self.exposed.get(owner, frozenset())
        self.exposed[owner] = known.union(fields)


_SETS = re.compile(rb"self\s*\.\s*(\w+)\s*=(?!=)")
_COPIES = re.compile(rb"\{([^{}]*)\.\.\s*self\s*\}")


def fields_set(method: Node) -> Iterator[str]:
    """Yield the fields of its object that a method's text sets; it may yield other words too."""
    text = method.text or b""
    copies = _COPIES.findall(text) if b"..self" in text or b".. self" in text else ()
    copied = (word for one in copies for word in re.findall(rb"\w+", one))
    for name in (*_SETS.findall(text), *copied):
        yield str(name, "utf-8", "replace")


class _Text(NamedTuple):
    """What a function's text says; `maker`: it is called on its type, not on an object."""

    id: int
    name: bytes
    size: int
    words: set[bytes]
    telling: bool
    owner: ir.Path
    maker: bool
    extracts: bool
    test: bool


def wanted(drafts: list[Draft]) -> set[int]:
    """Choose functions that speak of TLS, those that call them, and those that these call.

    Of types with such functions, what makes one or puts it to use is chosen too.
    """
    texts = list(_texts(drafts))
    chosen = {one.id for one in texts if one.telling}
    chosen |= set(_callers(texts, chosen))
    chosen |= {one.id for one in texts if one.id not in chosen and _is_cheap_hint(one)}
    extracted = {one.owner[-1].encode() for one in texts if one.extracts and one.id in chosen}
    if extracted:
        chosen |= {one.id for one in texts if not extracted.isdisjoint(one.words)}
    making = {one.owner for one in texts if one.owner and one.id in chosen}
    chosen |= {one.id for one in texts if one.owner in making and (one.maker or one.name in USING)}
    chosen |= set(_used(texts, chosen))
    making = {one.owner for one in texts if one.owner and one.id in chosen}
    return chosen | {
        one.id for one in texts if one.maker and one.owner in making and one.size <= _RUN
    }


def _texts(drafts: list[Draft]) -> Iterator[_Text]:
    for draft in drafts:
        paths = draft.scope.imports.items()
        imported = {name.encode() for name, path in paths if imports(path)}
        for node, _, _, marks, owner, trait in draft.functions:
            text, named = node.text or b"", node.child_by_field_name("name")
            name = (named.text or b"") if named is not None else b""
            words = set(text.translate(_BLANKED).split())
            yield _Text(
                node.id,
                name,
                len(text),
                words,
                name == b"main" or not imported.isdisjoint(words) or speaks(text, words),
                owner,
                bool(owner) and not _TAKES_SELF.match(_parameters(node)),
                trait[-1:] in _EXTRACTS,
                marks.test,
            )


def _is_cheap_hint(text: _Text) -> bool:
    """Whether a function may say something, and is short, or one that makes objects."""
    return text.size <= (_LONG if text.maker else _SHORT) and any(map(hints, text.words))


def _callers(texts: list[_Text], chosen: set[int]) -> Iterator[int]:
    """Yield what may call a chosen function.

    Tests call everything: that says nothing unless they put something to use themselves.
    """
    named: dict[bytes, list[_Text]] = {}
    for one in texts:
        if one.id in chosen:
            named.setdefault(one.name, []).append(one)
    for one in texts:
        idle = one.test and one.words.isdisjoint(USING)
        called = (each for name in one.words & named.keys() for each in named[name])
        if any((each.test or not idle) and _may_be_meant(each, one.words) for each in called):
            yield one.id


def _used(texts: list[_Text], chosen: set[int]) -> Iterator[int]:
    """Yield what chosen functions may call: if it is long, only what a program begins with."""
    used, first = set[bytes](), set[bytes]()
    for one in texts:
        if one.id in chosen:
            used |= one.words
            first |= one.words if one.name == b"main" else set[bytes]()
    for one in texts:
        run = one.size <= _RUN or one.name in first
        if run and one.name in used and _may_be_meant(one, used):
            yield one.id


def _may_be_meant(called: _Text, words: set[bytes]) -> bool:
    """Whether words among which a function's name is may mean it."""
    return not called.maker or b"Self" in words or called.owner[-1].encode() in words


def _parameters(node: Node) -> bytes:
    parameters = node.child_by_field_name("parameters")
    return (parameters.text or b"") if parameters is not None else b""
