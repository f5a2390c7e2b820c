"""Projects in memory, mended: what is done, what is refused, and what changed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from marks import TODAY
from mtlslint.catalogue import Catalogue, load_rules
from mtlslint.config import Config
from mtlslint.engine import check
from mtlslint.files import MemoryFiles
from mtlslint.finding import Finding
from mtlslint.fixing import Fixed, fix


@cache
def rules() -> Catalogue:
    return load_rules()


def may_be_mended(rule: str) -> bool:
    """Say whether a rule says what would mend it."""
    return any(case.fix for case in rules().rules[rule].cases)


def fixable(finding: Finding) -> bool:
    """Say whether the finding's rule says what would mend it."""
    return may_be_mended(finding.rule)


def mend(files: Mapping[str, bytes], *only: str, profile: str = "mtls", **config: Any) -> Fixed:
    """Mend what can be, of these rules if any are named; unsafe fixes too."""
    held = MemoryFiles(files)
    cache: dict[Any, Any] = {}
    made = Config(profile=profile, **config)
    checked = partial(check, config=made, catalogue=rules(), today=TODAY, cache=cache)
    found = [f for f in checked(held).findings if fixable(f) and (not only or f.rule in only)]
    return fix(held, found, checked, unsafe=True)


def mended(text: str | bytes, rule: str, path: str, **config: Any) -> str | bytes | None:
    """Return one file without its findings of a rule; None if one of them is refused.

    There must be one. What comes back is of the kind that was given, and mended for good.
    """
    data = text.encode() if isinstance(text, str) else text
    made = mend({path: data}, rule, **config)
    assert made.done or made.refused, f"nothing is found of {rule}"
    if made.refused:
        assert not made.done
        return None
    after = made.contents[path]
    assert not mend({path: after}, rule, **config).done
    return after.decode() if isinstance(text, str) else after


def changed_lines(before: bytes, after: bytes) -> int:
    """Return how many lines were taken out or put in, whichever is more."""
    one, other = before.splitlines(), after.splitlines()
    codes = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in codes if kind != "equal")


SPELLING = Path(__file__).parent / "spelling"


def spelling_cases(technology: str) -> pytest.MarkDecorator:
    """Return the cases of `spelling/<technology>.yaml` as parameters: rule, before, after, refused.

    A case stands in its frame, in the place of BODY.
    """
    data = yaml.safe_load((SPELLING / f"{technology}.yaml").read_text("utf-8"))
    params = []
    for number, case in enumerate(data["cases"]):
        frame = data["frames"][case["frame"]]
        [outcome] = {"after", "refused", "unproven"} & set(case)
        after = frame.replace("BODY", case["after"]) if outcome == "after" else None
        before = frame.replace("BODY", case["before"])
        values = (case["rule"], before, after, outcome == "refused")
        params.append(pytest.param(*values, id=f"{case['rule']}-{number}"))
    return pytest.mark.parametrize(("rule", "before", "after", "refused"), params)


def judge_spelling(path: str, rule: str, before: str, after: str | None, refused: bool) -> None:
    """Hold one case against what is made of it."""
    assert mended(before, rule, path) == after
    if after is None:
        reasons = [one.reason for one in mend({path: before.encode()}, rule).refused]
        assert all(reason.startswith("no safe way to write it") == refused for reason in reasons)
