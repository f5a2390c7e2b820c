"""How Python writes what rules want; `spelling/python.yaml` holds the plain cases."""

from __future__ import annotations

from repairs import judge_spelling, mended, spelling_cases

MAIN = "app.py"


@spelling_cases("python")
def test_python_is_written(rule: str, before: str, after: str | None, refused: bool) -> None:
    judge_spelling(MAIN, rule, before, after, refused)


def test_offsets_are_those_of_bytes() -> None:
    before = (
        'import requests\n\n\ndef get():\n    return requests.get("https://zürich", verify=False)\n'
    )
    assert mended(before, "MTLS401", MAIN) == before.replace("False", "True")
