"""Chooses which functions of a file are worth lowering."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code.ir import Path
from mtlslint.parsers.python.scope import Scope, names_bound

if TYPE_CHECKING:
    from tree_sitter import Node

# What people call what they make of a library; `certain` and "Verify that .." say nothing.
_TELLING = re.compile(rb"(?i:ssl|tls|cert(?!ain)|insecure|x509)|verif|VERIF")
_HEADER = re.compile(rb"(?i)client[-_](?:[si][-_])?(?:dn|cn|san|subject|issuer)")
_TEST_CASE = re.compile(rb"TestCase\s*[,)]")
_BLANKED = bytes(one if one < 128 and re.match(r"\w", chr(one)) else 32 for one in range(256))
"""Leaves words of a text that is translated by it."""
_ROUNDS = 3
_CALLERS = 30
"""Functions of a file that use a name, above which the name says nothing of who is meant."""


Plain = tuple["Node", set[str]]
"""A statement outside of all functions, and the names that it binds."""


class Names(NamedTuple):
    """The names of the API table: those that tell alone, and those that do beside a library's."""

    telling: frozenset[bytes]
    opening: frozenset[bytes]
    libraries: Mapping[bytes, frozenset[bytes]]


@cache
def names() -> Names:
    """Return the names of the API table."""
    from mtlslint.code.relevance import opening_methods, telling_names
    from mtlslint.parsers.python import language

    api = language().api
    parts: dict[str, set[bytes]] = {}
    for path in (*api.rows, *api.types):
        library, *rest = path.split("::")
        parts.setdefault(library, set()).update(one.encode() for one in rest)
    for outer, library in api.vendors.items():
        parts.setdefault(outer[0], set()).update(parts.get(library, ()))
    return Names(
        frozenset(one.encode() for one in telling_names(api)),
        frozenset(one.encode() for one in opening_methods(api)),
        {library.encode(): frozenset(found) for library, found in parts.items()},
    )


@lru_cache(maxsize=1 << 16)
def tells(word: bytes) -> bool:
    """Whether a word is one of TLS or the like; most files are written in the same few."""
    return word in names().telling or _TELLING.search(word) is not None


class _Text(NamedTuple):
    """A function, or a statement outside of all (`id` 0): what it says and what it is called by."""

    id: int
    names: frozenset[bytes]
    words: set[bytes]
    telling: bool = False
    owner: bytes = b""
    test: bool = False


class _Imports:
    """What the names that a file imports tell of libraries."""

    def __init__(self, scope: Scope) -> None:
        self._telling: set[bytes] = set()
        self._beside = dict(names().libraries)
        for name, path in scope.imports.items():
            *_, last = (part.encode() for part in path)
            known = _known(path)
            if last in known:
                self._telling.add(name.encode())
            if known:
                self._beside[name.encode()] = known
        for path in scope.globs:
            self._telling |= _known(path)

    def tell(self, words: set[bytes]) -> bool:
        """Whether words name what libraries have."""
        if not self._telling.isdisjoint(words):
            return True
        return any(not self._beside[one].isdisjoint(words) for one in self._beside.keys() & words)


def _known(path: Path) -> frozenset[bytes]:
    """Return what of the libraries that a path leads through is known."""
    libraries = names().libraries
    return frozenset().union(*(libraries.get(part.encode(), ()) for part in path))


def wanted(definitions: list[Node], plain: list[Plain], scope: Scope, tests: bool) -> set[int]:
    """Choose functions that speak of TLS, those that call them, and those that all these call.

    The statements of modules and classes call some, too, and bind what speaks of TLS to names.
    """
    imports = _Imports(scope)
    texts = [*(_statement(*one) for one in plain), *_texts(definitions, tests)]
    chosen = {
        at
        for at, one in enumerate(texts)
        if one.telling or any(map(tells, one.words)) or imports.tell(one.words)
    }
    _add_callers(texts, chosen)
    _add_methods(texts, chosen)
    _add_called(texts, chosen)
    return {texts[at].id for at in chosen}


def _add_methods(texts: list[_Text], chosen: set[int]) -> None:
    """Add what makes objects, and the methods that may put to use what others prepare."""
    opening, owners = names().opening, {texts[at].owner for at in chosen} - {b""}
    for at, one in enumerate(texts):
        opens = one.owner in owners and not opening.isdisjoint(one.words)
        if opens or b"__init__" in one.names:
            chosen.add(at)


def _add_callers(texts: list[_Text], chosen: set[int]) -> None:
    """Add what may call what is chosen, or use what a chosen statement binds.

    Tests call everything: that says nothing unless they put something to use themselves.
    """
    opening = names().opening
    used = Counter(word for one in texts for word in one.words)
    speaking = {name for at in chosen for name in _called(texts[at])}
    for _ in range(_ROUNDS):
        telling = {name for name in speaking if used[name] <= _CALLERS}
        added = {
            at
            for at, one in enumerate(texts)
            if at not in chosen
            and not telling.isdisjoint(one.words)
            and not (one.test and one.words.isdisjoint(opening))
        }
        chosen |= added
        speaking = {name for at in added for name in _called(texts[at])}


def _called(text: _Text) -> set[bytes]:
    """Return by which names something is used: its own, and that of what it is called on."""
    return {*text.names, text.owner} - {b"__init__", b""}


def _add_called(texts: list[_Text], chosen: set[int]) -> None:
    """Add what is called by what is chosen."""
    words = {word for at in chosen for word in texts[at].words}
    for _ in range(_ROUNDS):
        added = {
            at
            for at, one in enumerate(texts)
            if at not in chosen and not words.isdisjoint(one.names)
        }
        chosen |= added
        words = {word for at in added for word in texts[at].words}


def _words(text: bytes) -> set[bytes]:
    return set(text.translate(_BLANKED).split())


def _statement(node: Node, bound: Iterable[str], owner: bytes = b"") -> _Text:
    words = _words(node.text or b"")
    named = frozenset(name.encode() for name in bound)
    return _Text(0, named, words, b"__main__" in words, owner)


def _texts(definitions: list[Node], tests: bool) -> Iterator[_Text]:
    waiting = [(node, b"", False) for node in definitions]
    while waiting:
        node, owner, test = waiting.pop()
        if node.type == "function_definition":
            yield _function(node, owner, test, tests)
        elif node.type == "class_definition":
            bases = node.child_by_field_name("superclasses")
            above = (bases.text or b"") if bases is not None else b""
            name = _name(node)
            yield _Text(0, frozenset((name,)), _words(above))
            body = node.child_by_field_name("body")
            children = body.named_children if body is not None else []
            inner = [child.child_by_field_name("definition") or child for child in children]
            waiting += [(child, name, _TEST_CASE.search(above) is not None) for child in inner]
        elif node.type != "comment":
            yield _statement(node, names_bound(node)[0], owner)


def _function(node: Node, owner: bytes, test: bool, tests: bool) -> _Text:
    text, name = node.text or b"", _name(node)
    telling = name == b"main" or _HEADER.search(text) is not None
    test = test or (tests and name.startswith(b"test_"))
    return _Text(node.id, frozenset((name,)), _said(node, text), telling, owner, test)


def _name(node: Node) -> bytes:
    name = node.child_by_field_name("name")
    return (name.text or b"") if name is not None else b""


def _said(node: Node, text: bytes) -> set[bytes]:
    """Return the words of a function without those of its documentation."""
    body = node.child_by_field_name("body")
    first = body.named_children[0] if body is not None and body.named_children else None
    inner = first.named_children[0] if first is not None and first.named_children else None
    if inner is not None and inner.type == "string" and first is not None:
        start, end = (at - node.start_byte for at in first.byte_range)
        text = text[:start] + text[end:]
    return _words(text)
