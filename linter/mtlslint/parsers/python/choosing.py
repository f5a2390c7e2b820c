"""Chooses which functions of a file are worth lowering."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
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
    from mtlslint.parsers.python import language

    api = language().api
    parts: dict[str, set[bytes]] = {}
    for path in (*api.rows, *api.types):
        library, *rest = path.split("::")
        parts.setdefault(library, set()).update(one.encode() for one in rest)
    for outer, library in api.vendors.items():
        parts.setdefault(outer[0], set()).update(parts.get(library, ()))
    return Names(
        frozenset(one.encode() for one in api.vocabulary.names),
        frozenset(one.encode() for one in api.vocabulary.opening),
        {library.encode(): frozenset(found) for library, found in parts.items()},
    )


# What people call what they make of a library. Documentation says `Verify that ..`.
_SPOKEN = (b"ssl", b"tls", b"cert", b"insecure", b"x509")
_VERIFYING = (b"verif", b"VERIF")
_SILENT = (b"certain", b"Certain")


def spoken(words: bytes) -> set[bytes]:
    """Return the words of a text, which blanks part, that are of TLS or the like."""
    low = words.lower()
    found = {one for part in _SPOKEN for one in _holding(part, low, words)}
    found.update(one for part in _VERIFYING for one in _holding(part, words, words))
    return {one for one in found if not one.startswith(_SILENT)}


def _holding(part: bytes, text: bytes, words: bytes) -> Iterator[bytes]:
    """Yield the words that hold a part where a text does, which is as long."""
    at = text.find(part)
    while at != -1:
        end = words.find(b" ", at)
        end = end if end != -1 else len(words)
        yield words[words.rfind(b" ", 0, at) + 1 : end]
        at = text.find(part, end)


class _Text(NamedTuple):
    """A function, class or statement outside of all: what it says and what it is called by.

    `bound`: what it is called by are variables.
    """

    id: int
    names: tuple[bytes, ...]
    words: set[bytes]
    telling: bool = False
    owner: bytes = b""
    test: bool = False
    bound: bool = False


class _Speech:
    """What tells in a file, of the words that it uses, by what it imports."""

    def __init__(self, scope: Scope, words: set[bytes], telling: set[bytes]) -> None:
        libraries = names().libraries
        self._telling = telling | (names().telling & words)
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
    """Choose what speaks of TLS, what calls it, and what all these call.

    The statements of modules and classes call functions, too, and bind what speaks of TLS to names.
    """
    words = data.translate(_BLANKED)
    headers = [match.start() for match in _HEADER.finditer(data)]
    texts = list(_Reader(words, headers, tests).texts(definitions, plain))
    said = set[bytes]().union(*(one.words for one in texts))
    speech = _Speech(scope, said, spoken(words))
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
            if name not in _OWN and (one.bound or len(callers) <= _CALLERS):
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

    def __init__(self, words: bytes, headers: list[int], tests: bool) -> None:
        self._words = words
        self._headers = headers
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
                yield _Text(node.id, (name,), bases)
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
        telling = b"__main__" in words or holds_any(node, self._headers)
        return _Text(
            node.id, tuple(name.encode() for name in bound), words, telling, owner, bound=True
        )

    def _function(self, node: Node, owner: bytes, test: bool) -> _Text:
        name = _name(node)
        telling = name == b"main" or holds_any(node, self._headers)
        test = test or (self._tests and name.startswith(b"test_"))
        return _Text(node.id, (name,), self._said(node), telling, owner, test)

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
