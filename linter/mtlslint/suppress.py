"""Inline ignores: `mtlslint: ignore[MTLS101] reason` on the line or, alone, on the line before."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mtlslint.catalogue import Catalogue
from mtlslint.facts import Comment
from mtlslint.finding import Finding, Level
from mtlslint.judge import Subject, suppression_subject
from mtlslint.source import Sources, Span

IGNORE = re.compile(r"\s*ignore\[([^\]]*)\](.*)", re.DOTALL)


class Ignore(NamedTuple):
    """An ignore comment: where it stands, the line it speaks of and the rules that it covers.

    `words` are what stands in its brackets, `unknown` those that name no rule.
    """

    span: Span
    line: int
    rules: frozenset[str]
    words: tuple[str, ...]
    unknown: tuple[str, ...]


def read_ignores(
    comments: Iterable[Comment], catalogue: Catalogue, sources: Sources
) -> tuple[Ignore, ...]:
    """Return the ignores among the comments; ids, prefixes and names select rules."""
    found = []
    for comment in comments:
        match = IGNORE.match(comment.text)
        span = sources.outward(comment.span)
        source = sources.by_path.get(span.path)
        if match and source:
            line = source.position(span.start).line + comment.alone
            words = tuple(word.strip() for word in match[1].split(","))
            unknown = tuple(word for word in words if not catalogue.select(word))
            found.append(Ignore(span, line, _covered(words, catalogue), words, unknown))
    return tuple(found)


def _covered(words: Sequence[str], catalogue: Catalogue) -> frozenset[str]:
    """Return the selected rules and those that supersede one of them."""
    named = frozenset(id_ for word in words for id_ in catalogue.select(word))
    heirs = {id_ for id_, rule in catalogue.rules.items() if named.intersection(rule.supersedes)}
    return named | heirs


def without_ignored(
    findings: Iterable[Finding], ignores: Sequence[Ignore], sources: Sources
) -> tuple[list[Finding], list[Finding], frozenset[Ignore]]:
    """Return the findings that no ignore covers, those that one does, and by which ignores."""
    by_place: dict[tuple[str, int], list[Ignore]] = {}
    for ignore in ignores:
        by_place.setdefault((ignore.span.path, ignore.line), []).append(ignore)
    kept: list[Finding] = []
    used: set[Ignore] = set()
    covered: list[Finding] = []
    for finding in findings:
        source = sources.by_path[finding.span.path]
        place = (finding.span.path, source.position(finding.span.start).line)
        matching = [i for i in by_place.get(place, ()) if finding.rule in i.rules]
        used.update(matching)
        (covered if matching else kept).append(finding)
    return kept, covered, frozenset(used)


def unused_suppressions(
    ignores: Iterable[Ignore],
    used: Collection[Ignore],
    catalogue: Catalogue,
    levels: Mapping[str, Level],
    unread: Collection[str],
) -> Iterator[Subject]:
    """Yield the ignores that cover nothing, as subjects of rules.

    Not judged: an ignore of rules that are all off in this check, and one in a file of which
    something could not be read.
    """
    for ignore in ignores:
        if ignore in used or ignore.span.path in unread:
            continue
        if ignore.unknown:
            hint = catalogue.suggestion(ignore.unknown[0]).removeprefix("; ")
            name = ignore.unknown[0]
            yield suppression_subject(ignore.span, "unknown", name, hint)
        elif any(levels[rule] > Level.OFF for rule in ignore.rules):
            yield suppression_subject(ignore.span, "unused", ", ".join(ignore.words), "")
