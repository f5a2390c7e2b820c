"""Holds a check of changed files against the check before: did the change do what it was to do?

The findings must be gone for every endpoint, nothing else may have changed for any other one,
nothing new may be found, and everything must still be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mtlslint.edit import Edit, apply, by_path, moved
from mtlslint.engine import Result
from mtlslint.finding import Finding, Level
from mtlslint.judge import Subject, endpoint_subject, first_hit, subjects
from mtlslint.model import Endpoint, Value
from mtlslint.rule import Rule
from mtlslint.source import Span


class Mended(NamedTuple):
    """A finding of the check before, and the values that its endpoints were to get."""

    finding: Finding
    changes: Mapping[str, Value]


def objection(
    before: Result,
    after: Result,
    mended: Sequence[Mended],
    edits: Sequence[Edit],
    spelled: Sequence[Edit],
) -> str:
    """Return what speaks against a change, "" if nothing does.

    `edits` are those of the files on disk, `spelled` the same ones of the sources read.
    """
    return next(_Comparison(before, after, mended, edits).objections(spelled), "")


class _Comparison:
    """Two checks, and which endpoint of the one is which of the other."""

    def __init__(
        self, before: Result, after: Result, mended: Sequence[Mended], edits: Sequence[Edit]
    ) -> None:
        self.before = before
        self.after = after
        self.mended = mended
        self.edits = by_path(edits)
        self.lost: list[Endpoint] = []
        self.pairs = list(self._paired())

    def objections(self, spelled: Sequence[Edit]) -> Iterator[str]:
        """Yield whatever speaks against the change."""
        yield from self._unread()
        yield from self._garbled(spelled)
        for endpoint in self.lost:
            yield f"{endpoint.name} would not be understood any more"
        about = {id_ for one in self.mended for id_ in one.finding.subjects}
        for one, other in self.pairs:
            if one.id in about:
                yield from self._unmended(one, other)
            elif _values(one) != _values(other):
                yield f"it would also change {one.name}"
        yield from self._new_findings()

    def _paired(self) -> Iterator[tuple[Endpoint, Endpoint]]:
        """Yield each endpoint with itself after the change: the first left at its place.

        Ids may change with what is renamed.
        """
        places: dict[tuple[str, str, str, int], list[Endpoint]] = {}
        for endpoint in self.after.document.endpoints:
            places.setdefault(_place(endpoint, self._outward(endpoint)), []).append(endpoint)
        for endpoint in self.before.document.endpoints:
            span = moved(self.before.sources.outward(endpoint.head), self.edits)
            there = places.get(_place(endpoint, span), [])
            if there:
                yield endpoint, there.pop(0)
            else:
                self.lost.append(endpoint)

    def _outward(self, endpoint: Endpoint) -> Span:
        return self.after.sources.outward(endpoint.head)

    def _unread(self) -> Iterator[str]:
        """Yield the problems that reading the changed files has brought."""
        counts = Counter(one.path for one in (*self.before.problems, *self.before.notes))
        for problem in (*self.after.problems, *self.after.notes):
            counts[problem.path] -= 1
            if counts[problem.path] < 0:
                yield f"{problem.path} could not be read any more: {problem.message}"

    def _garbled(self, spelled: Iterable[Edit]) -> Iterator[str]:
        """Yield the sources that aren't, byte for byte, what was to become of them."""
        for path, edits in by_path(spelled).items():
            wanted = apply(self.before.sources.by_path[path].data, edits)
            got = self.after.sources.by_path.get(path)
            if got is None or got.data != wanted:
                yield f"{path} would not become what was meant"

    def _unmended(self, one: Endpoint, other: Endpoint) -> Iterator[str]:
        """Yield what is still wrong with an endpoint, or can't be told any more."""
        mine = [each for each in self.mended if one.id in each.finding.subjects]
        for each in mine:
            gone = {m.finding.span for m in mine if m.finding.rule == each.finding.rule}
            left = self._places(self.before, each.finding.rule, one) - gone
            allowed = {moved(span, self.edits) for span in left}
            now = self._places(self.after, each.finding.rule, other)
            if not {span._replace(end=span.start) for span in now} <= allowed:
                yield f"it would not be enough for {one.name}"
            for name in each.changes:
                if not _proven(one, other, name):
                    yield f"it could not be told any more what holds for {one.name}"

    def _places(self, result: Result, rule: str, endpoint: Endpoint) -> set[Span]:
        """Return where a rule fires on an endpoint."""
        hit = first_hit(result.catalogue.rules[rule], endpoint_subject(endpoint))
        worlds = hit.worlds if hit else ()
        spans = [(hit.place(world) if hit else None) or endpoint.head for world in worlds]
        return {result.sources.outward(span) for span in spans}

    def _new_findings(self) -> Iterator[str]:
        """Yield what is found now and was not before.

        What weighs less and needs the mended endpoint was only hidden by the worse: that an
        identity is unchecked means something only where a certificate is required.
        """
        ids = {other.id: one.id for one, other in self.pairs}
        known = {
            _key(rule, subject, {}, self._moved(subject))
            for rule, subject in self._hits(self.before)
        }
        bounds: dict[str, Level] = {}
        for one in self.mended:
            for id_ in one.finding.subjects:
                bounds[id_] = max(one.finding.level, bounds.get(id_, Level.OFF))
        for rule, subject in self._hits(self.after):
            key = _key(rule, subject, ids, self.after.sources.outward(subject.span))
            level = self.before.levels[rule.id]
            ends = [ids.get(end.id, end.id) for end in subject.endpoints.values()]
            hidden = any(bounds.get(id_, Level.OFF) > level for id_ in ends)
            if key not in known and not hidden:
                yield f"it would bring {rule.id}: {rule.summary}"

    def _hits(self, result: Result) -> Iterator[tuple[Rule, Subject]]:
        """Yield all that rules find, also what others replace or comments ignore."""
        rules = [one for one in result.catalogue.rules.values() if self.before.levels[one.id]]
        for subject in subjects(result.document):
            yield from ((rule, subject) for rule in rules if first_hit(rule, subject))

    def _moved(self, subject: Subject) -> Span:
        return moved(self.before.sources.outward(subject.span), self.edits)


def _key(rule: Rule, subject: Subject, ids: Mapping[str, str], place: Span) -> tuple[object, ...]:
    """Return what tells findings apart: the endpoints, or without any the place."""
    if subject.endpoints:
        ends = sorted((name, ids.get(end.id, end.id)) for name, end in subject.endpoints.items())
        return rule.id, tuple(ends)
    return rule.id, place.path, place.start


def _place(endpoint: Endpoint, span: Span) -> tuple[str, str, str, int]:
    return endpoint.technology, endpoint.side, span.path, span.start


def _values(endpoint: Endpoint) -> set[frozenset[tuple[str, object]]]:
    return {frozenset((name, s.value) for name, s in state.items()) for state in endpoint.states}


def _proven(before: Endpoint, after: Endpoint, name: str) -> bool:
    """Whether a setting is still there and no less known than before."""

    def known(endpoint: Endpoint) -> bool:
        return all(name in state and state[name].known for state in endpoint.states)

    return known(after) or not known(before)
