"""The examples in the rule files: the bad ones fire where they say, the good ones stay silent."""

from __future__ import annotations

import pytest
from marks import difference, expected_of, reported, run
from mtlslint.catalogue import load_rules
from mtlslint.rule import Example, Rule

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}:{example.line}:{example.file}")
    for rule in load_rules().rules.values()
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example_is_judged_as_marked(rule: Rule, example: Example) -> None:
    wanted = expected_of({**rule.files, example.file: example.code})
    beside = {path: text.encode() for path, text in rule.files.items()}
    result = run({**beside, example.file: example.code.encode()}, example.profile)
    assert difference(wanted, reported(result)) == ""
    assert any(id_ == rule.id for _, _, id_ in wanted) == example.bad
