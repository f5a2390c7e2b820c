"""Inline ignores: `mtlslint: ignore[MTLS101] reason` on the line or, alone, on the line before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mtlslint.catalogue import Catalogue
from mtlslint.facts import Comment
from mtlslint.finding import Finding
from mtlslint.source import Sources

IGNORE = re.compile(r"\s*ignore\[([^\]]*)\](.*)", re.DOTALL)


class Ignore(NamedTuple):
    """An ignore comment: the line it speaks of and the rules that it covers."""

    path: str
    line: int
    rules: frozenset[str]
    reason: str


def read_ignores(
    comments: Iterable[Comment], catalogue: Catalogue, sources: Sources
) -> tuple[Ignore, ...]:
    """Return the ignores among the comments; ids, prefixes and names select rules."""
    found = []
    for comment in comments:
        match = IGNORE.match(comment.text)
        span = sources.outward(comment.span)
        source = sources.by_path.get(span.path)
        if not match or not source:
            continue
        line = source.position(span.start).line + comment.alone
        rules = _covered(match[1].split(","), catalogue)
        found.append(Ignore(span.path, line, rules, match[2].strip()))
    return tuple(found)


def _covered(words: Sequence[str], catalogue: Catalogue) -> frozenset[str]:
    """Return the selected rules and those that supersede one of them."""
    named = frozenset(id_ for word in words for id_ in catalogue.select(word.strip()))
    heirs = {id_ for id_, rule in catalogue.rules.items() if named.intersection(rule.supersedes)}
    return named | heirs


def without_ignored(
    findings: Iterable[Finding], ignores: Sequence[Ignore], sources: Sources
) -> tuple[list[Finding], int]:
    """Return the findings that no ignore covers, and how many were covered."""
    by_place: dict[tuple[str, int], set[str]] = {}
    for ignore in ignores:
        by_place.setdefault((ignore.path, ignore.line), set()).update(ignore.rules)
    kept, covered = [], 0
    for finding in findings:
        source = sources.by_path[finding.span.path]
        line = source.position(finding.span.start).line
        if finding.rule in by_place.get((finding.span.path, line), ()):
            covered += 1
        else:
            kept.append(finding)
    return kept, covered
