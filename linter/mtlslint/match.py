"""The match language: conditions on states, three-valued.

A predicate on an unknown value is unknown (None), under `not` too; on a setting that the endpoint
doesn't have it is false. Only true fires.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

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
}
"""What can be judged, and from which ends' words."""


class Predicate:
    """A statement about one setting that has a value."""

    def holds(self, setting: Setting) -> Verdict:
        """Return whether it holds; never called for an absent setting."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class OneOf(Predicate):
    """The value is one of these."""

    values: tuple[str | int, ...]

    def holds(self, setting: Setting) -> Verdict:
        """Return whether the value is one of these."""
        return None if setting.value is None else setting.value in self.values


@dataclass(frozen=True, slots=True)
class Compared(Predicate):
    """The value's rank among `scale` (or the number itself) is below, or at least, a bound."""

    bound: int
    below: bool
    scale: tuple[str, ...]

    def holds(self, setting: Setting) -> Verdict:
        """Return whether the comparison holds."""
        if setting.value is None:
            return None
        rank = self.scale.index(str(setting.value)) if self.scale else int(setting.value)
        return rank < self.bound if self.below else rank >= self.bound


@dataclass(frozen=True, slots=True)
class DecidedBy(Predicate):
    """The value's origin is one of these."""

    origins: tuple[Origin, ...]

    def holds(self, setting: Setting) -> Verdict:
        """Return whether one of these decided the value."""
        return None if setting.value is None else setting.origin in self.origins


@dataclass(frozen=True, slots=True)
class Known(Predicate):
    """The value is known (or, the other way, isn't): the one predicate that unknowns satisfy."""

    known: bool

    def holds(self, setting: Setting) -> Verdict:
        """Return whether the value is known as asked."""
        return setting.known == self.known


@dataclass(frozen=True, slots=True)
class Not(Predicate):
    """The other predicate doesn't hold."""

    inner: Predicate

    def holds(self, setting: Setting) -> Verdict:
        """Return the opposite; unknown stays unknown."""
        verdict = self.inner.holds(setting)
        return None if verdict is None else not verdict


@dataclass(frozen=True, slots=True)
class All(Predicate):
    """Every one of the predicates holds."""

    inner: tuple[Predicate, ...]

    def holds(self, setting: Setting) -> Verdict:
        """Return whether all hold."""
        return all_of(predicate.holds(setting) for predicate in self.inner)


@dataclass(frozen=True, slots=True)
class Any(Predicate):
    """At least one of the predicates holds."""

    inner: tuple[Predicate, ...]

    def holds(self, setting: Setting) -> Verdict:
        """Return whether any holds."""
        return any_of(predicate.holds(setting) for predicate in self.inner)


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


@dataclass(frozen=True, slots=True)
class Test:
    """A predicate on the setting `name` of the end `end` (`""`: the subject itself)."""

    end: str
    name: str
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class Match:
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
    return False if setting is None else test.predicate.holds(setting)


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
        return OneOf(tuple(_value(name, item) for item in _items(node)))
    parts: list[Predicate] = []
    for (key, line), value in node.value.items():
        if key not in PREDICATES:
            raise ShapeError(line, f"unknown predicate '{key}'{nearest(key, PREDICATES)}")
        parts.append(PREDICATES[key](name, value))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


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


def _compared(below: bool) -> Callable[[str, Node], Predicate]:
    def read(name: str, node: Node) -> Predicate:
        word = VOCABULARY[name]
        if word.values and not word.ordered:
            raise ShapeError(node.line, f"values of {name} have no order")
        value = _value(name, node)
        bound = word.values.index(str(value)) if word.values else int(value)
        return Compared(bound, below, word.values)

    return read


def _decided_by(name: str, node: Node) -> Predicate:
    known = [origin.value for origin in Origin]
    for item in _items(node):
        if item.value not in known:
            hint = nearest(str(item.value), known)
            raise ShapeError(item.line, f"unknown origin '{item.value}'{hint}")
    return DecidedBy(tuple(Origin(item.value) for item in _items(node)))


def _known(name: str, node: Node) -> Predicate:
    if node.value not in ("true", "false"):
        raise ShapeError(node.line, "known is true or false")
    return Known(node.value == "true")


PREDICATES: Mapping[str, Callable[[str, Node], Predicate]] = {
    "below": _compared(True),
    "at_least": _compared(False),
    "origin": _decided_by,
    "known": _known,
    "not": lambda name, node: Not(_predicate(name, node)),
    "any": lambda name, node: Any(tuple(_predicate(name, item) for item in _items(node))),
    "is": lambda name, node: OneOf(tuple(_value(name, item) for item in _items(node))),
}
"""What may stand in a table of predicates; a bare value or a list means `is`."""
