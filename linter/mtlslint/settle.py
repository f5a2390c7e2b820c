"""From raw findings to what is reported, in this order:

supersede, place in files, merge, tests, inline ignores; the report filter comes last.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from mtlslint.catalogue import Catalogue
from mtlslint.config import Config
from mtlslint.finding import Finding, Level, Place
from mtlslint.model import Problem
from mtlslint.source import Sources
from mtlslint.suppress import Ignore, without_ignored

_TESTS = r"(?:tests?|testing|testdata|bench(?:es|marks?)?|fuzz|spec|fixtures|e2e)"
_MORE = r"(?:certs?|data|derive|fixtures?|framework|helpers?|suites?|support|tests?|utils?)"
TEST_FOLDER = re.compile(
    rf"{_TESTS}(?:[-_].*)?$|.*[-_]{_TESTS}(?:[-_](?:\w+[-_])*{_MORE})?_*$|.*[-_]e2e[-_]|integration$"
)
"""Names of folders that hold test code, `integ_tests` and `pki_test_data` among them.

`load_test_server` isn't: that is a program of its own.
"""


class Settled(NamedTuple):
    """What is left, what was ignored inline, and by which ignores."""

    findings: list[Finding]
    ignored: list[Finding]
    used: frozenset[Ignore]


def settle(
    raw: Iterable[Finding],
    catalogue: Catalogue,
    config: Config,
    sources: Sources,
    ignores: Sequence[Ignore],
) -> Settled:
    """Return the findings that stand, sorted by path, place and rule."""
    placed = [_placed(finding, sources) for finding in supersede(raw, catalogue)]
    judged = [f for f in (_as_test(f, config.tests) for f in merge(placed)) if f]
    return Settled(*without_ignored(judged, ignores, sources))


def reported(findings: Iterable[Finding], report: Collection[str] | None) -> tuple[Finding, ...]:
    """Return the findings in the reported paths, sorted by path, place and rule."""
    kept = [finding for finding in findings if within(finding.span.path, report)]
    return tuple(sorted(kept, key=lambda finding: (finding.span, finding.rule)))


def supersede(findings: Iterable[Finding], catalogue: Catalogue) -> list[Finding]:
    """Drop findings that another finding on the same endpoint replaces, in all of its states."""
    found = list(findings)
    replaced: dict[tuple[str, str], frozenset[int]] = {}
    for finding in found:
        for subject in finding.subjects:
            for rule in catalogue.rules[finding.rule].supersedes:
                states = replaced.get((subject, rule), frozenset())
                replaced[subject, rule] = states | finding.states
    return [
        finding
        for finding in found
        if not any(
            (subject, finding.rule) in replaced
            and finding.states <= replaced[subject, finding.rule]
            for subject in finding.subjects
        )
    ]


def merge(findings: Iterable[Finding]) -> list[Finding]:
    """Make one finding of those of one rule at one place; the others become related places."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.span, finding.rule), []).append(finding)
    return [_merged(groups[key]) for key in sorted(groups)]


def _merged(group: list[Finding]) -> Finding:
    group = sorted(group, key=lambda f: (-f.level, f.test_code, f.subjects, f.message))
    first = group[0]
    subjects = dict.fromkeys(subject for finding in group for subject in finding.subjects)
    related: dict[tuple[str, int], Place] = {}
    for finding in group:
        for place in finding.related:
            related.setdefault((place.span.path, place.span.start), place)
    endpoints = {finding.endpoint for finding in group if finding.endpoint}
    return first._replace(
        subjects=tuple(subjects),
        related=tuple(related.values()),
        also=max(len(endpoints) - 1, 0),
        test_code=all(finding.test_code for finding in group),
    )


def _placed(finding: Finding, sources: Sources) -> Finding:
    related = tuple(Place(sources.outward(p.span), p.text) for p in finding.related)
    return finding._replace(span=sources.outward(finding.span), related=related)


def _as_test(finding: Finding, tests: str) -> Finding | None:
    """Apply what is configured for test code."""
    if tests == "report" or not (finding.test_code or is_test_path(finding.span.path)):
        return finding
    if tests == "skip":
        return None
    return finding._replace(level=min(finding.level, Level.NOTE), test_code=True)


def is_test_path(path: str) -> bool:
    """Say whether a file lies in a folder of test code."""
    return any(TEST_FOLDER.match(folder) for folder in path.split("/")[:-1])


def within(path: str, report: Collection[str] | None) -> bool:
    """Say whether a path is one of the reported files, or lies in a reported folder."""
    if report is None or "" in report:
        return True
    return any(path == part or path.startswith(part + "/") for part in report)


def reported_problems(
    problems: Iterable[Problem], report: Collection[str] | None
) -> tuple[Problem, ...]:
    """Return the problems of reported files, sorted, each once.

    Test data is often broken on purpose: it never makes a check fail.
    """
    kept = {
        problem._replace(fatal=problem.fatal and not is_test_path(problem.path))
        for problem in problems
        if within(problem.path, report)
    }
    return tuple(sorted(kept, key=lambda p: (p.path, p.span.start if p.span else 0, p.message)))
