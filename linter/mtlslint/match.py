"""The match language: conditions on states, three-valued.

A predicate on an unknown value is unknown (None), under `not` too; on a setting that the endpoint
doesn't have it is false. Only true fires.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from mtlslint.model import VOCABULARY, Origin, Setting, State
from mtlslint.shape import Node, ShapeError, nearest

Verdict = bool | None

ENDS: Mapping[str, Mapping[str, str]] = {
    # kind of subject -> its ends -> where the vocabulary's words must occur
    "server": {"": "server"},
    "client": {"": "client"},
    "route": {"": "route", "server": "server", "client": "client"},
    "link": {"server": "server", "client": "client", "app": "server"},
    "twin": {"strict": "server", "weak": "server"},
    "material": {"": "material"},
    "misuse": {"": "misuse"},
    "suppression": {"": "suppression"},
}
"""What can be judged, and from which ends' words."""


Predicate = Callable[[Setting], Verdict]
"""A statement about one setting that is there; its value may be unknown."""


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene's and."""
    result: Verdict = True
    for verdict in verdicts:
        if verdict is False:
            return False
        result = None if verdict is None else result
    return result


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene's or."""
    result: Verdict = False
    for verdict in verdicts:
        if verdict is True:
            return True
        result = None if verdict is None else result
    return result


class Test(NamedTuple):
    """A predicate on the setting `name` of the end `end` (`""`: the subject itself)."""

    end: str
    name: str
    predicate: Predicate


class Match(NamedTuple):
    """All tests and, of each group of alternatives, at least one match hold."""

    tests: tuple[Test, ...] = ()
    alternatives: tuple[tuple[Match, ...], ...] = ()

    def verdict(self, states: Mapping[str, State]) -> Verdict:
        """Return whether it holds when each end is in the given state."""
        tests = (_test(test, states) for test in self.tests)
        groups = (any_of(m.verdict(states) for m in group) for group in self.alternatives)
        return all_of((*tests, *groups))


def _test(test: Test, states: Mapping[str, State]) -> Verdict:
    setting = states[test.end].get(test.name)
    return False if setting is None else test.predicate(setting)


def worlds(ends: Mapping[str, tuple[State, ...]]) -> Iterator[dict[str, State]]:
    """Yield every way to pick one state for each end."""
    names = list(ends)
    for picked in product(*(ends[name] for name in names)):
        yield dict(zip(names, picked, strict=True))


def setting_names(kind: str) -> dict[str, tuple[str, str]]:
    """Return what a match on `kind` may name: `server.transport` -> (`server`, `transport`)."""
    return {
        f"{end}.{name}" if end else name: (end, name)
        for end, place in ENDS[kind].items()
        for name, word in VOCABULARY.items()
        if place in word.on
    }


def read_match(node: Node, kinds: tuple[str, ...]) -> Match:
    """Read a match that is judged on subjects of these kinds; raises ShapeError."""
    if not isinstance(node.value, dict):
        raise ShapeError(node.line, "expected a table of settings and predicates")
    tests: list[Test] = []
    groups: list[tuple[Match, ...]] = []
    for (key, line), value in node.value.items():
        if key == "any":
            groups.append(tuple(read_match(item, kinds) for item in _items(value)))
            continue
        for kind in kinds:
            if key not in setting_names(kind):
                hint = nearest(key, [*setting_names(kind), "any"])
                raise ShapeError(line, f"a {kind} has no setting '{key}'{hint}")
        end, name = setting_names(kinds[0])[key]
        tests.append(Test(end, name, _predicate(name, value)))
    return Match(tuple(tests), tuple(groups))


def _items(node: Node) -> list[Node]:
    return node.value if isinstance(node.value, list) else [node]


def _predicate(name: str, node: Node) -> Predicate:
    if not isinstance(node.value, dict):
        return _is(name, node)
    parts: list[Predicate] = []
    for (key, line), value in node.value.items():
        if key not in PREDICATES:
            raise ShapeError(line, f"unknown predicate '{key}'{nearest(key, PREDICATES)}")
        parts.append(PREDICATES[key](name, value))
    return lambda setting: all_of(part(setting) for part in parts)


def _value(name: str, node: Node) -> str | int:
    word = VOCABULARY[name]
    text = str(node.value)
    if not word.values:
        if not text.isdigit():
            raise ShapeError(node.line, f"{name} is a whole number, not '{text}'")
        return int(text)
    if text not in word.values:
        hint = nearest(text, word.values) or f"; one of {', '.join(word.values)}"
        raise ShapeError(node.line, f"{name} is never '{text}'{hint}")
    return text


def _is(name: str, node: Node) -> Predicate:
    values = frozenset(_value(name, item) for item in _items(node))
    return lambda setting: None if setting.value is None else setting.value in values


def _not(name: str, node: Node) -> Predicate:
    inner = _predicate(name, node)

    def holds(setting: Setting) -> Verdict:
        verdict = inner(setting)
        return None if verdict is None else not verdict

    return holds


def _any(name: str, node: Node) -> Predicate:
    inner = [_predicate(name, item) for item in _items(node)]
    return lambda setting: any_of(predicate(setting) for predicate in inner)


def _rank(name: str, line: int) -> Callable[[str | int], int]:
    """Return how high a value stands in the setting's order."""
    word = VOCABULARY[name]
    if word.values and not word.ordered:
        raise ShapeError(line, f"values of {name} have no order")
    return word.values.index if word.values else int


def _below(name: str, node: Node) -> Predicate:
    rank = _rank(name, node.line)
    bound = rank(_value(name, node))
    return lambda setting: None if setting.value is None else rank(setting.value) < bound


def _at_least(name: str, node: Node) -> Predicate:
    rank = _rank(name, node.line)
    bound = rank(_value(name, node))
    return lambda setting: None if setting.value is None else rank(setting.value) >= bound


def _origin(name: str, node: Node) -> Predicate:
    known = [origin.value for origin in Origin]
    for item in _items(node):
        if item.value not in known:
            hint = nearest(str(item.value), known)
            raise ShapeError(item.line, f"unknown origin '{item.value}'{hint}")
    origins = frozenset(Origin(item.value) for item in _items(node))
    return lambda setting: None if setting.value is None else setting.origin in origins


def _known(name: str, node: Node) -> Predicate:
    if node.value not in ("true", "false"):
        raise ShapeError(node.line, "known is true or false")
    wanted = node.value == "true"
    return lambda setting: setting.known == wanted  # the one predicate that unknowns satisfy


PREDICATES: Mapping[str, Callable[[str, Node], Predicate]] = {
    "is": _is,
    "not": _not,
    "any": _any,
    "below": _below,
    "at_least": _at_least,
    "origin": _origin,
    "known": _known,
}
"""What may stand in a table of predicates; a bare value or a list means `is`."""
