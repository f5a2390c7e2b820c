"""Chooses which functions of a file are worth lowering."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code.ir import Path
from mtlslint.parsers.python.scope import Scope, names_bound
from mtlslint.syntax import holds_any

if TYPE_CHECKING:
    from tree_sitter import Node

_HEADER = re.compile(rb"(?i)client[-_](?:[si][-_])?(?:dn|cn|san|subject|issuer)")
_BLANKED = bytes(one if one < 128 and re.match(r"\w", chr(one)) else 32 for one in range(256))
"""Leaves words of a text that is translated by it."""
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
    """Whether a word is one of TLS or the like; most files are written in the same few.

    Words are told apart one by one, so that speed counts: documentation says `Verify that ..`.
    """
    low = word.lower()
    spoken = b"ssl" in low or b"tls" in low or b"cert" in low or b"insecure" in low
    if spoken or b"x509" in low:
        return not low.startswith(b"certain")
    return b"verif" in word or b"VERIF" in word or word in names().telling


class _Text(NamedTuple):
    """A function, or a statement outside of all (`id` 0): what it says and what it is called by."""

    id: int
    names: frozenset[bytes]
    words: set[bytes]
    telling: bool = False
    owner: bytes = b""
    test: bool = False


class _Speech:
    """What tells in a file, of the words that it uses, by what it imports."""

    def __init__(self, scope: Scope, words: set[bytes]) -> None:
        libraries = names().libraries
        self._telling = {one for one in words if tells(one)}
        beside = {one: libraries[one] for one in libraries.keys() & words}
        for name, path in scope.imports.items():
            known = _known(path)
            if path[-1].encode() in known:
                self._telling.add(name.encode())
            beside[name.encode()] = known
        for path in scope.globs:
            self._telling |= _known(path)
        self._beside = [(one, known & words) for one, known in beside.items() if known & words]

    def tells(self, words: set[bytes]) -> bool:
        """Whether words are of TLS, or name what libraries have."""
        return not self._telling.isdisjoint(words) or any(
            one in words and not known.isdisjoint(words) for one, known in self._beside
        )


def _known(path: Path) -> frozenset[bytes]:
    """Return what of the libraries that a path leads through is known."""
    libraries = names().libraries
    return frozenset().union(*(libraries.get(part.encode(), ()) for part in path))


def wanted(
    data: bytes, definitions: list[Node], plain: list[Plain], scope: Scope, tests: bool
) -> set[int]:
    """Choose functions that speak of TLS, those that call them, and those that all these call.

    The statements of modules and classes call some, too, and bind what speaks of TLS to names.
    """
    texts = list(_Reader(data, tests).texts(definitions, plain))
    speech = _Speech(scope, set[bytes]().union(*(one.words for one in texts)))
    chosen = {at for at, one in enumerate(texts) if one.telling or speech.tells(one.words)}
    defined = {name for one in texts for name in (*one.names, one.owner)} - _OWN
    used = [one.words & defined for one in texts]
    _add_callers(texts, used, chosen)
    _add_methods(texts, chosen)
    _add_called(texts, used, chosen)
    return {texts[at].id for at in chosen}


_OWN = frozenset({b"__init__", b""})


def _add_callers(texts: list[_Text], used: list[set[bytes]], chosen: set[int]) -> None:
    """Add what may call what is chosen, make what it is called on, or use what a statement binds.

    Tests call everything: that says nothing unless they put something to use themselves.
    """
    opening = names().opening
    users: defaultdict[bytes, list[int]] = defaultdict(list)
    for at, words in enumerate(used):
        idle = texts[at].test and texts[at].words.isdisjoint(opening)
        for word in () if idle else words:
            users[word].append(at)
    waiting = list(chosen)
    while waiting:
        one = texts[waiting.pop()]
        for name in (*one.names, one.owner):
            callers = users.pop(name, ())
            if name not in _OWN and len(callers) <= _CALLERS:
                waiting += set(callers) - chosen
                chosen.update(callers)


def _add_methods(texts: list[_Text], chosen: set[int]) -> None:
    """Add what makes objects, and the methods that may put to use what others prepare."""
    opening, owners = names().opening, {texts[at].owner for at in chosen} - _OWN
    for at, one in enumerate(texts):
        opens = one.owner in owners and not opening.isdisjoint(one.words)
        if opens or b"__init__" in one.names:
            chosen.add(at)


def _add_called(texts: list[_Text], used: list[set[bytes]], chosen: set[int]) -> None:
    """Add what is called by what is chosen."""
    called: defaultdict[bytes, list[int]] = defaultdict(list)
    for at, one in enumerate(texts):
        for name in one.names:
            called[name].append(at)
    waiting = list(chosen)
    while waiting:
        for name in used[waiting.pop()]:
            found = called.pop(name, ())
            waiting += set(found) - chosen
            chosen.update(found)


class _Reader:
    """Finds the functions and statements of a file and splits them into words."""

    def __init__(self, data: bytes, tests: bool) -> None:
        self._words = data.translate(_BLANKED)
        self._headers = [match.start() for match in _HEADER.finditer(data)]
        self._tests = tests

    def texts(self, definitions: list[Node], plain: list[Plain]) -> Iterator[_Text]:
        """Yield what a file consists of."""
        for statement, bound in plain:
            yield self._statement(statement, bound)
        waiting = [(node, b"", False) for node in definitions]
        while waiting:
            node, owner, test = waiting.pop()
            if node.type == "function_definition":
                yield self._function(node, owner, test)
            elif node.type == "class_definition":
                name, bases = _name(node), self._of(node.child_by_field_name("superclasses"))
                yield _Text(0, frozenset((name,)), bases)
                test = any(base.endswith(b"TestCase") for base in bases)
                body = node.child_by_field_name("body")
                children = body.named_children if body is not None else []
                inner = [child.child_by_field_name("definition") or child for child in children]
                waiting += [(child, name, test) for child in inner]
            elif node.type != "comment":
                yield self._statement(node, names_bound(node)[0], owner)

    def _of(self, node: Node | None) -> set[bytes]:
        start, end = node.byte_range if node is not None else (0, 0)
        return set(self._words[start:end].split())

    def _statement(self, node: Node, bound: Iterable[str], owner: bytes = b"") -> _Text:
        words = self._of(node)
        named = frozenset(name.encode() for name in bound)
        return _Text(0, named, words, b"__main__" in words, owner)

    def _function(self, node: Node, owner: bytes, test: bool) -> _Text:
        name = _name(node)
        telling = name == b"main" or holds_any(node, self._headers)
        test = test or (self._tests and name.startswith(b"test_"))
        return _Text(node.id, frozenset((name,)), self._said(node), telling, owner, test)

    def _said(self, node: Node) -> set[bytes]:
        """Return the words of a function without those of its documentation."""
        body = node.child_by_field_name("body")
        first = body.named_child(0) if body is not None and body.named_child_count else None
        inner = first.named_child(0) if first is not None and first.named_child_count else None
        if inner is None or inner.type != "string":
            return self._of(node)
        start, end = node.byte_range
        text = self._words[start : inner.start_byte] + b" " + self._words[inner.end_byte : end]
        return set(text.split())


def _name(node: Node) -> bytes:
    name = node.child_by_field_name("name")
    return (name.text or b"") if name is not None else b""
