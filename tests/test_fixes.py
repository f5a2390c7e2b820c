"""Every bad sample and example that can be mended, mended: clean of it, once and for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from marks import expected_of, profile_of, run
from mtlslint.fixing import Fixed
from mtlslint.parsers.rust.lower import rust_parser
from nginx_binary import NGINX, complaint, main_file
from repairs import changed_lines, fixable, may_be_mended, mend, rules
from test_corpus import CASES, CORPUS, project, texts

TECHNOLOGIES = ("nginx", "envoy", "kubernetes", "rust", "python")

SERVERS = {"MTLS101", "MTLS102", "MTLS104", "MTLS201", "MTLS202", "MTLS204"}
FIXABLE = {
    "nginx": SERVERS | {"MTLS205", "MTLS401", "MTLS404"},
    "envoy": SERVERS - {"MTLS104"} | {"MTLS205", "MTLS401", "MTLS402"},
    "kubernetes": {"MTLS101", "MTLS102", "MTLS104", "MTLS401"},
    "rust": SERVERS | {"MTLS205", "MTLS401", "MTLS402", "MTLS404"},
    "python": {"MTLS101", "MTLS104", "MTLS201", "MTLS202", "MTLS205", "MTLS401", "MTLS402"}
    | {"MTLS404"},
}
"""The rules of which at least one finding in the samples must be mended, and no others."""

HIDDEN = {"MTLS205", "MTLS304", "MTLS501", "MTLS503", "MTLS601", "MTLS603"}
"""Rules that speak only of what a worse finding left no room for."""

LINES = 6
"""More lines than this no single fix changes."""


def samples(technology: str) -> dict[str, tuple[dict[str, bytes], str]]:
    """Return files and profile by name: the corpus, and the bad examples of the rules."""
    found = {}
    for case in CASES:
        if case.parent.name == technology:
            files = project(case)
            found[case.relative_to(CORPUS).as_posix()] = files, profile_of([*texts(files).values()])
    for rule in rules().rules.values():
        bad = [e for e in rule.examples if e.technology == technology and e.bad]
        for number, example in enumerate(bad):
            files = {example.file: example.code.encode()}
            found[f"{rule.id}-{number}"] = files, example.profile
    return found


def marked(files: Mapping[str, bytes]) -> bool:
    """Say whether a sample has a mark of a rule that says what would mend it."""
    return any(may_be_mended(rule) for _, _, rule in expected_of(texts(files)))


@cache
def mended(technology: str, name: str) -> tuple[dict[str, bytes], Fixed, str]:
    """Return a sample, what was mended of it, and its profile."""
    files, profile = SAMPLES[technology][name]
    return files, mend(files, profile=profile), profile


SAMPLES = {
    technology: {name: s for name, s in samples(technology).items() if marked(s[0])}
    for technology in TECHNOLOGIES
}
ALL = pytest.mark.parametrize(
    ("technology", "name"),
    [pytest.param(t, name, id=name) for t in TECHNOLOGIES for name in SAMPLES[t]],
)


def after(files: Mapping[str, bytes], made: Fixed) -> dict[str, bytes]:
    return {**files, **made.contents}


@ALL
def test_what_is_mended_is_gone_and_nothing_new_has_come(technology: str, name: str) -> None:
    files, made, profile = mended(technology, name)
    assert made.done or made.refused
    before, now = run(files, profile), run(after(files, made), profile)
    done = {proposal.finding.rule for proposal in made.done}
    refused = Counter(one.finding.rule for one in made.refused)
    old = Counter(finding.rule for finding in before.findings)
    new = Counter(finding.rule for finding in now.findings)
    for rule in done:
        assert new[rule] == refused[rule]
    come = {rule for rule in new - old if rule not in HIDDEN}
    assert not come
    assert len(now.problems) <= len(before.problems)
    assert len(now.notes) <= len(before.notes)
    assert len(now.document.endpoints) >= len(before.document.endpoints)


@ALL
def test_mending_twice_changes_nothing_more(technology: str, name: str) -> None:
    files, made, profile = mended(technology, name)
    again = mend(after(files, made), profile=profile)
    assert not again.done
    assert not again.contents
    assert {one.finding.rule for one in again.refused} - HIDDEN <= {
        one.finding.rule for one in made.refused
    }


@ALL
def test_the_difference_is_what_the_fix_is_about(technology: str, name: str) -> None:
    files, made, _ = mended(technology, name)
    for path, data in made.contents.items():
        assert data != files[path]
        edits = [e for p in made.done for e in p.fix.edits if e.span.path == path]
        assert changed_lines(files[path], data) <= LINES * len(edits)
        assert abs(len(data) - len(files[path])) <= 220 * len(edits)
        assert data.endswith(b"\n") == files[path].endswith(b"\n")
        assert data.count(b"\r\n") == 0 or data.count(b"\r\n") == data.count(b"\n")
    assert set(made.contents) == {e.span.path for p in made.done for e in p.fix.edits}


@pytest.mark.parametrize("technology", TECHNOLOGIES)
def test_every_rule_that_is_said_to_be_fixable_is(technology: str) -> None:
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for name in SAMPLES[technology]:
        made = mended(technology, name)[1]
        done.update(proposal.finding.rule for proposal in made.done)
        refused.update(one.finding.rule for one in made.refused)
        for one in made.refused:
            print(f"{one.finding.rule} {name}: {one.reason}")
            assert one.reason
    print(technology, "mended:", sorted(done.items()), "refused:", sorted(refused.items()))
    assert set(done) == FIXABLE[technology]


@pytest.mark.parametrize("technology", TECHNOLOGIES)
def test_nothing_that_a_rule_could_mend_is_passed_over(technology: str) -> None:
    for name in SAMPLES[technology]:
        files, made, profile = mended(technology, name)
        found = [finding for finding in run(files, profile).findings if fixable(finding)]
        assert len(made.done) + len(made.refused) >= len(found)
        left = [finding for finding in made.result.findings if fixable(finding)]
        assert len(left) == len(made.refused)


def test_a_rule_that_says_what_would_mend_it_can_be_mended_somewhere() -> None:
    assert {id_ for id_ in rules().rules if may_be_mended(id_)} == set().union(*FIXABLE.values())


@pytest.mark.parametrize("name", SAMPLES["rust"])
def test_mended_rust_has_no_more_errors(name: str) -> None:
    files, made, _ = mended("rust", name)
    for path, data in made.contents.items():
        assert errors(data) == errors(files[path])


@pytest.mark.parametrize("name", SAMPLES["python"])
def test_mended_python_still_compiles(name: str) -> None:
    files, made, _ = mended("python", name)
    for path, data in made.contents.items():
        if path.endswith(".py") and compiles(files[path]):
            assert compiles(data)


def compiles(data: bytes) -> bool:
    """Say whether a file is one of this Python's."""
    try:
        compile(data, "mended.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def errors(data: bytes) -> int:
    """Return how often the grammar finds something wrong in a file."""
    tree = str(rust_parser().parse(data).root_node)
    return tree.count("(ERROR") + tree.count("(MISSING")


@pytest.mark.skipif(NGINX is None, reason="no nginx")
def test_mended_files_that_nginx_took_it_still_takes(tmp_path: Path) -> None:
    taken, complete = [], 0
    for name in SAMPLES["nginx"]:
        files, made, _ = mended("nginx", name)
        main = main_file(files)
        if not made.done or main is None:
            continue
        complete += 1
        if not complaint(files, main, tmp_path):
            assert complaint(after(files, made), main, tmp_path) == "", name
            taken.append(name)
    print(f"{len(taken)} of {complete} mended samples, as complete as can be, held against nginx")
    assert len(taken) > complete * 0.75
