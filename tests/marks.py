"""Expectation marks in sample files, and samples as projects.

`expect: MTLS101` in a comment at the end of a line: that rule is reported there. In a comment
alone on a line: on the next line that isn't such a mark itself. A line without a mark stays silent.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from mtlslint.catalogue import load_rules
from mtlslint.config import Config
from mtlslint.engine import Result, check
from mtlslint.files import MemoryFiles
from mtlslint.finding import Level

MARK = re.compile(r"expect:((?:[ ,]*[A-Z]+[0-9]{3})+)")
ALONE = re.compile(r"\s*(?:#|//|--|/\*|<!--)\s*expect:")
PROFILE = re.compile(r"corpus: profile=(auto|tls|mtls|strict)")
TODAY = date(2027, 1, 15)
RULES = load_rules()
NOTES = {id for id, rule in RULES.rules.items() if max(rule.levels.values()) is Level.NOTE}
"""Rules that are notes at most, and count as such."""

Marks = Counter[tuple[str, int, str]]


def expected(path: str, text: str) -> Marks:
    """Return what the marks of a file say: (path, line, rule) with counts."""
    found: Marks = Counter()
    waiting: list[str] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        mark = MARK.search(line)
        rules = re.findall(r"[A-Z]+[0-9]{3}", mark[1]) if mark else []
        if ALONE.match(line) and rules:
            waiting += rules
            continue
        for rule in waiting + rules:
            found[path, number, rule] += 1
        waiting = []
    return found


def expected_of(files: dict[str, str]) -> Marks:
    """Return what a project's marks say; `EXPECT` holds those of files without comments."""
    found: Marks = Counter()
    for path, text in files.items():
        if path != "EXPECT":
            found += expected(path, text)
            continue
        for line in text.splitlines():
            place, *rules = line.split()
            name, _, number = place.rpartition(":")
            found.update((name, int(number), rule) for rule in rules)
    return found


def profile_of(texts: list[str]) -> str:
    """Return the profile that the first lines of a project's files ask for."""
    for text in texts:
        match = PROFILE.search("\n".join(text.splitlines()[:3]))
        if match:
            return match[1]
    return "mtls"


def run(files: dict[str, bytes], profile: str) -> Result:
    """Check a project held in memory."""
    return check(MemoryFiles(files), Config(profile=profile), RULES, TODAY)


def reported(result: Result, at_least: Level = Level.WARNING) -> Marks:
    """Return what was found, as marks would say it."""
    found: Marks = Counter()
    for finding in result.findings:
        if finding.level >= (Level.NOTE if finding.rule in NOTES else at_least):
            source = result.sources.by_path[finding.span.path]
            line = source.position(finding.span.start).line
            found[finding.span.path, line, finding.rule] += 1
    return found


def difference(wanted: Marks, got: Marks) -> str:
    """Return what is missing and what is too much, a line each; empty if they agree."""
    lines = [f"missing    {p}:{n} {rule}" for p, n, rule in sorted((wanted - got).elements())]
    lines += [f"unexpected {p}:{n} {rule}" for p, n, rule in sorted((got - wanted).elements())]
    return "\n".join(lines)
