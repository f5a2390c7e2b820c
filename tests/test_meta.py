"""The project keeps its own promises: every rule is shown, in every technology it is for."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from marks import MARK
from mtlslint.catalogue import load_rules

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"
COVERAGE: dict[str, list[str]] = yaml.safe_load((ROOT / "tests" / "coverage.yaml").read_text())
RULES = load_rules().rules
PAIRS = [(rule, technology) for rule, found in COVERAGE.items() for technology in found]


def corpus_marks() -> dict[str, set[str]]:
    """Return the rules that the corpus of each technology marks."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in CORPUS.rglob("*"):
        if path.is_file():
            technology = path.relative_to(CORPUS).parts[0]
            for mark in MARK.findall(path.read_text("utf-8", "replace")):
                found[technology].update(re.findall(r"[A-Z]+[0-9]{3}", mark))
    return found


def test_the_coverage_table_names_every_rule() -> None:
    assert sorted(COVERAGE) == sorted(RULES)


@pytest.mark.parametrize(("rule", "technology"), PAIRS)
def test_a_rule_has_a_bad_and_a_good_example(rule: str, technology: str) -> None:
    examples = [e for e in RULES[rule].examples if e.technology == technology]
    assert {example.bad for example in examples} == {True, False}


def test_every_rule_occurs_in_the_corpus_of_every_technology_it_is_for() -> None:
    marks = corpus_marks()
    # What holds between files is shown by projects of several technologies.
    shown = {technology: found | marks["projects"] for technology, found in marks.items()}
    assert [pair for pair in PAIRS if pair[0] not in shown[pair[1]]] == []


def test_no_example_is_of_a_technology_that_the_table_does_not_name() -> None:
    shown = {(rule.id, e.technology) for rule in RULES.values() for e in rule.examples}
    assert sorted(shown - set(PAIRS)) == []
