"""Every mark of the corpus is earned: mend what decides it, and the mark goes.

`mutations.yaml` says per technology and rule how. The first row that fits a marked line is tried
for that mark alone, and the rule must fall silent there. The other way round, clean samples are
spoilt in one place, and the rule must speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from marks import expected_of, profile_of, reported, run
from mtlslint.engine import Result
from test_corpus import CASES, CORPUS, project, texts

TABLE = yaml.safe_load((Path(__file__).parent / "mutations.yaml").read_text("utf-8"))
PLACES = ("line", "after", "before", "all")
# A way in that only the cause opened (an error page, a reload) goes with it, and so does the
# endpoint of a call that doesn't exist. Elsewhere an endpoint that is lost was broken, not mended.
CLOSES_A_WAY_IN = {"MTLS105", "MTLS901"}
AT_LEAST = 0.95


class Mark(NamedTuple):
    """A marked place of a sample: the path inside the sample, the 1-based line, the rule."""

    path: str
    line: int
    rule: str


class Mended(NamedTuple):
    """A sample after the edits of a row, and where the marked line is now."""

    row: dict
    files: dict[str, bytes]
    line: int


@cache
def marks_of(case: Path) -> tuple[Mark, ...]:
    return tuple(Mark(*place) for place in sorted(expected_of(texts(project(case)))))


MARKED = [case for case in CASES if marks_of(case)]
SPOILT = [case for case in CASES if case.parent.name in TABLE["spoil"] and not marks_of(case)]


def decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def replace(text: str, line: int, edit: dict) -> tuple[str, int] | None:
    """Make an edit at a line; return the text and the line's new number, or None if it fits not."""
    starts = [0, *(end.end() for end in re.finditer(r"\r\n|\n|\r", text)), len(text)]
    start, stop = starts[line - 1 : line + 1]
    place = next(name for name in PLACES if name in edit)
    regex = re.compile(edit[place], re.MULTILINE)
    if place == "before":
        found = [match for match in regex.finditer(text) if match.start() < stop][-1:]
    elif place == "all":
        found = list(regex.finditer(text))
    else:
        first = regex.search(text, start)
        found = [first] if first and (place == "after" or first.start() < stop) else []
    for match in reversed(found):
        new = match.expand(edit["to"])
        text = text[: match.start()] + new + text[match.end() :]
        if match.start() < start:
            line += new.count("\n") - match[0].count("\n")
    return (text, line) if found else None


def apply(files: dict[str, bytes], mark: Mark, row: dict) -> Mended | None:
    """Make all edits of a row at a mark; return None if one doesn't fit."""
    files, line = dict(files), mark.line
    for edit in (row, *row.get("also", ())):
        path = edit.get("in", mark.path)
        here = path == mark.path
        done = replace(decoded(files[path]), line if here else 1, edit) if path in files else None
        if done is None:
            return None
        files[path] = encoded(done[0])
        line = done[1] if here else line
    return Mended(row, files, line)


def rows(technology: str, rule: str) -> list[dict]:
    """Return the rows to try, in order: a sample may hold another technology's configuration."""
    own_first = sorted(TABLE["mend"], key=lambda name: name != technology)
    return [row for name in own_first for row in TABLE["mend"][name].get(rule, ())]


def mended(case: Path, files: dict[str, bytes], mark: Mark) -> Mended | None:
    """Return the sample after the first row that fits the mark, or None if none does."""
    path = case.name if case.is_file() else f"{case.name}/{mark.path}"
    for row in rows(case.parent.name, mark.rule):
        done = apply(files, mark, row) if fnmatch(path, row.get("of", "*")) else None
        if done is not None:
            return done
    return None


def standing(result: Result) -> int:
    """Return how many endpoints there are; a piece of a patch is one only while it is bad."""
    return sum(":piece:" not in endpoint.id for endpoint in result.document.endpoints)


def spoilt(case: Path, files: dict[str, bytes]) -> Iterator[tuple[Mark, dict[str, bytes]]]:
    """Yield the sample with one good thing made bad, for each of them, and what that must bring."""
    for row in TABLE["spoil"][case.parent.name]:
        if case.name in row.get("but", ()):
            continue
        for path, data in files.items():
            text = decoded(data)
            for match in re.finditer(row["line"], text, re.MULTILINE):
                bad = text[: match.start()] + match.expand(row["to"]) + text[match.end() :]
                line = text.count("\n", 0, match.start()) + 1
                yield Mark(path, line, row["rule"]), {**files, path: encoded(bad)}


@pytest.mark.parametrize("case", MARKED, ids=lambda case: case.relative_to(CORPUS).as_posix())
def test_a_mark_goes_when_its_cause_is_mended(case: Path) -> None:
    files = project(case)
    profile = profile_of(list(texts(files).values()))
    before = run(files, profile)
    there, stayed = reported(before), []
    for mark in marks_of(case):
        assert there[mark], "a mark that is not earned yet"
        done = mended(case, files, mark)
        if done is None:
            continue
        after = run(done.files, profile)
        assert not after.problems, (mark, done.row)
        assert len(after.notes) <= len(before.notes), (mark, done.row)
        if mark.rule not in CLOSES_A_WAY_IN:
            assert standing(after) >= standing(before), mark
        if reported(after)[mark.path, done.line, mark.rule]:
            stayed.append((mark, done.row))
    assert not stayed


@pytest.mark.parametrize("technology", sorted({case.parent.name for case in MARKED}))
def test_nearly_all_marks_are_tried(technology: str) -> None:
    total, untried = 0, []
    for case in MARKED:
        if case.parent.name == technology:
            total += len(marks_of(case))
            files = project(case)
            untried += [
                f"{case.name}: {mark.path}:{mark.line} {mark.rule}"
                for mark in marks_of(case)
                if mended(case, files, mark) is None
            ]
    print(f"{technology}: {total - len(untried)} of {total} marks are mended", *untried, sep="\n")
    assert len(untried) <= total * (1 - AT_LEAST), "\n".join(untried)


def test_every_row_is_the_first_to_fit_some_mark() -> None:
    tried = set()
    for case in MARKED:
        files = project(case)
        for mark in marks_of(case):
            done = mended(case, files, mark)
            if done is not None:
                tried.add(id(done.row))
    table = TABLE["mend"].values()
    idle = [(rule, row) for part in table for rule in part for row in part[rule]]
    assert [entry for entry in idle if id(entry[1]) not in tried] == []


@pytest.mark.parametrize("case", SPOILT, ids=lambda case: case.relative_to(CORPUS).as_posix())
def test_a_finding_comes_when_a_clean_sample_is_spoilt(case: Path) -> None:
    files = project(case)
    profile = profile_of(list(texts(files).values()))
    silent = [
        mark
        for mark, bad in spoilt(case, files)
        if mark.rule not in {rule for _, _, rule in reported(run(bad, profile))}
    ]
    assert not silent


@pytest.mark.parametrize("technology", sorted(TABLE["spoil"]))
def test_every_way_to_spoil_is_tried(technology: str) -> None:
    cases = [case for case in SPOILT if case.parent.name == technology]
    tried = {mark.rule for case in cases for mark, _ in spoilt(case, project(case))}
    assert tried == {row["rule"] for row in TABLE["spoil"][technology]}
