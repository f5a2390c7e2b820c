"""Chooses which functions of a file are worth lowering."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code.ir import Path
from mtlslint.parsers.python.scope import Scope, names_bound

if TYPE_CHECKING:
    from tree_sitter import Node

_HEADER = re.compile(rb"(?i)client[-_](?:[si][-_])?(?:dn|cn|san|subject|issuer)")
_BLANKED = bytes(one if one < 128 and re.match(r"[\w.]", chr(one)) else 32 for one in range(256))
"""Leaves words and dots of a text that is translated by it."""
_SHORT = 2000
"""Bytes of a function up to which it is worth running for what it returns."""
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
    """Return the names of the API table, each bare and after a dot."""
    from mtlslint.parsers.python import language

    api = language().api
    parts: dict[str, set[str]] = {}
    for path in (*api.rows, *api.types):
        library, *rest = path.split("::")
        parts.setdefault(library, set()).update(rest)
    for outer, library in api.vendors.items():
        parts.setdefault(outer[0], set()).update(parts.get(library, ()))
    return Names(
        _written(api.vocabulary.names),
        _written(api.vocabulary.opening),
        {library.encode(): _written(found) for library, found in parts.items()},
    )


def _written(found: Iterable[str]) -> frozenset[bytes]:
    return frozenset(one for name in found for one in (name.encode(), b"." + name.encode()))


# What people call what they make of a library. Documentation says `Verify that ..`.
_SPOKEN = (b"ssl", b"tls", b"cert", b"insecure", b"x509")
_VERIFYING = (b"verif", b"VERIF")
_SILENT = re.compile(rb"certain|ssL|ssle")


def spoken(data: bytes) -> list[int]:
    """Return, in order, where words of TLS or the like are, but in comments that fill lines."""
    low = data.lower()
    found = {at for part in _SPOKEN for at in _places(part, low)}
    found.update(at for part in _VERIFYING for at in _places(part, data))
    return sorted(at for at in found if not _is_idle(data, at))


def _places(part: bytes, text: bytes) -> Iterator[int]:
    at = text.find(part)
    while at != -1:
        yield at
        at = text.find(part, at + len(part))


def _is_idle(data: bytes, at: int) -> bool:
    """Whether only letters are alike (`AccessList`, `certainly`), or the line is a comment."""
    line = data[data.rfind(b"\n", 0, at) + 1 : at]
    return line.lstrip().startswith(b"#") or _SILENT.match(data, at) is not None


class _Text(NamedTuple):
    """A function, class or statement outside of all: what it says and what it is called by.

    Words after a dot, and names that are called by one, begin with it. `bound`: what it is called
    by are variables.
    """

    id: int
    names: tuple[bytes, ...]
    words: set[bytes]
    telling: bool = False
    owner: bytes = b""
    test: bool = False
    short: bool = True
    bound: bool = False


class _Speech:
    """What tells in a file, of the words that it uses, by what it imports."""

    def __init__(self, scope: Scope, words: set[bytes]) -> None:
        libraries = names().libraries
        self._telling = set(names().telling & words)
        beside = {one: libraries[one] for one in libraries.keys() & words}
        for name, path in scope.imports.items():
            known = _known(path)
            if path[-1].encode() in known:
                self._telling.add(name.encode())
            beside[name.encode()] = known
        for path in scope.globs:
            self._telling |= _known(path)
        self._beside = {one: known & words for one, known in beside.items() if known}

    def tells(self, words: set[bytes]) -> bool:
        """Whether words name what libraries have."""
        if not self._telling.isdisjoint(words):
            return True
        return any(not self._beside[one].isdisjoint(words) for one in self._beside.keys() & words)


@lru_cache(maxsize=1 << 14)
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
    texts = list(_Reader(data, tests).texts(definitions, plain))
    speech = _Speech(scope, set[bytes]().union(*(one.words for one in texts)))
    chosen = {at for at, one in enumerate(texts) if one.telling or speech.tells(one.words)}
    defined = {name for one in texts for name in (*one.names, one.owner)} - _OWN
    used = [one.words & defined for one in texts]
    _add_callers(texts, used, chosen)
    _add_methods(texts, chosen)
    _add_called(texts, used, chosen)
    return {texts[at].id for at in chosen}


_MAKER = b".__init__"
_OWN = frozenset({_MAKER, b""})


def _add_callers(texts: list[_Text], used: list[set[bytes]], chosen: set[int]) -> None:
    """Add what may call what is chosen, or use what a chosen statement binds.

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
        for name in (one.owner,) if _MAKER in one.names else one.names:
            callers = users.pop(name, ())
            if name not in _OWN and (one.bound or len(callers) <= _CALLERS):
                waiting += set(callers) - chosen
                chosen.update(callers)


def _add_methods(texts: list[_Text], chosen: set[int]) -> None:
    """Add what makes objects, and the methods that may put to use what others prepare."""
    opening, owners = names().opening, {texts[at].owner for at in chosen} - _OWN
    for at, one in enumerate(texts):
        opens = one.owner in owners and not opening.isdisjoint(one.words)
        if opens or _MAKER in one.names:
            chosen.add(at)


def _add_called(texts: list[_Text], used: list[set[bytes]], chosen: set[int]) -> None:
    """Add what is called by what is chosen."""
    called: defaultdict[bytes, list[int]] = defaultdict(list)
    for at, one in enumerate(texts):
        for name in one.names if one.short else ():
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
        headers = (match.start() for match in _HEADER.finditer(data))
        self._places = sorted([*headers, *spoken(data)])
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
                yield _Text(node.id, (name, b"." + name), bases)
                test = any(base.endswith(b"TestCase") for base in bases)
                body = node.child_by_field_name("body")
                children = body.named_children if body is not None else []
                inner = [child.child_by_field_name("definition") or child for child in children]
                waiting += [(child, name, test) for child in inner]
            elif node.type != "comment":
                yield self._statement(node, names_bound(node)[0], owner)

    def _of(self, node: Node | None) -> set[bytes]:
        return self._between(*node.byte_range) if node is not None else set()

    def _between(self, start: int, end: int) -> set[bytes]:
        return set(self._words[start:end].replace(b".", b" .").split())

    def _speaks(self, start: int, end: int) -> bool:
        first = bisect_left(self._places, start)
        return first < len(self._places) and self._places[first] < end

    def _statement(self, node: Node, bound: Iterable[str], owner: bytes = b"") -> _Text:
        words, named = self._of(node), [name.encode() for name in bound]
        if owner:  # Methods are called without a dot here, and variables elsewhere with one.
            named += [b"." + one for one in named]
            words.update([b"." + one for one in words])
        telling = b"__main__" in words or self._speaks(*node.byte_range)
        return _Text(node.id, tuple(named), words, telling, owner, bound=True)

    def _function(self, node: Node, owner: bytes, test: bool) -> _Text:
        """Read a function but for its documentation."""
        name, spare, (start, end) = _name(node), _documentation(node), node.byte_range
        cut, after = spare.byte_range if spare is not None else (start, start)
        telling = name == b"main" or self._speaks(after, end) or self._speaks(start, cut)
        words = self._between(after, end)
        if spare is not None:
            words |= self._between(start, cut)
        test = test or (self._tests and name.startswith(b"test_"))
        named, short = (b"." + name if owner else name,), end - start <= _SHORT
        return _Text(node.id, named, words, telling, owner, test, short)


def _documentation(function: Node) -> Node | None:
    body = function.child_by_field_name("body")
    first = body.named_child(0) if body is not None and body.named_child_count else None
    inner = first.named_child(0) if first is not None and first.named_child_count else None
    return inner if inner is not None and inner.type == "string" else None


def _name(node: Node) -> bytes:
    name = node.child_by_field_name("name")
    return (name.text or b"") if name is not None else b""
