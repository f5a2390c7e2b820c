"""For programs: everything the check found, as described in docs/schema/report.json."""

from __future__ import annotations

import json
from typing import Any

from mtlslint.engine import Result
from mtlslint.finding import Finding
from mtlslint.model import Problem
from mtlslint.reporters import View
from mtlslint.reporters._places import region
from mtlslint.source import Span

FORMAT_VERSION = 1


def render(result: Result, view: View) -> str:
    """Return one JSON document."""
    document = {
        "version": FORMAT_VERSION,
        "profile": result.profile,
        "findings": [_finding(result, finding) for finding in result.findings],
        "problems": [_problem(result, problem) for problem in (*result.problems, *result.notes)],
        "summary": {**result.summary._asdict(), "text": result.summary.sentence()},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finding(result: Result, finding: Finding) -> dict[str, Any]:
    rule = result.catalogue.rules[finding.rule]
    return {
        "rule": rule.id,
        "name": rule.name,
        "level": finding.level.word,
        "message": finding.text,
        **_place(result, finding.span),
        "endpoint": finding.endpoint,
        "setting": finding.setting,
        "related": [
            {"message": place.text, **_place(result, place.span)} for place in finding.related
        ],
        "wire": finding.wire,
        "test_code": finding.test_code,
    }


def _place(result: Result, span: Span) -> dict[str, Any]:
    at = region(result.sources, span)
    return {
        "path": at.path,
        "line": at.line,
        "column": at.column,
        "end_column": at.end_column,
    }


def _problem(result: Result, problem: Problem) -> dict[str, Any]:
    where: dict[str, Any] = {"path": problem.path}
    if problem.span:
        at = region(result.sources, problem.span)
        where |= {"line": at.line, "column": at.column}
    return {**where, "message": problem.message, "fatal": problem.fatal}
