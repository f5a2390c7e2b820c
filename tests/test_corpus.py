"""Every sample of the corpus: marked lines are reported, all others stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from marks import difference, expected_of, profile_of, reported, run

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(p for p in CORPUS.glob("*/*") if not p.name.startswith("."))


def project(case: Path) -> dict[str, bytes]:
    """Return a sample's files: one, or a folder of them."""
    if case.is_file():
        return {case.name: case.read_bytes()}
    files = (path for path in case.rglob("*") if path.is_file())
    return {path.relative_to(case).as_posix(): path.read_bytes() for path in files}


def texts(files: dict[str, bytes]) -> dict[str, str]:
    return {path: data.decode("utf-8", "replace") for path, data in files.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.relative_to(CORPUS).as_posix())
def test_sample_is_judged_as_marked(case: Path) -> None:
    files = project(case)
    wanted = expected_of(texts(files))
    result = run(files, profile_of(list(texts(files).values())))
    assert difference(wanted, reported(result)) == ""
    assert not result.problems


@pytest.mark.parametrize("technology", sorted({case.parent.name for case in CASES}))
def test_a_third_of_the_corpus_are_clean_traps(technology: str) -> None:
    cases = [texts(project(case)) for case in CASES if case.parent.name == technology]
    clean = [files for files in cases if not expected_of(files)]
    assert len(cases) >= 20
    assert len(clean) * 3 >= len(cases)
