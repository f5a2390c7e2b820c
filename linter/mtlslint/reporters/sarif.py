"""SARIF 2.1.0, for GitHub code scanning and every other viewer.

What GitHub reads of it, and its limits: "SARIF support for code scanning" in its documentation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sarif_om import (
    ArtifactLocation,
    Invocation,
    Message,
    Notification,
    Run,
    RunAutomationDetails,
    SarifLog,
    Tool,
    ToolComponent,
)

from mtlslint import __version__
from mtlslint.engine import Result
from mtlslint.finding import Finding, Level
from mtlslint.model import Problem
from mtlslint.reporters import View
from mtlslint.reporters._sarif_flows import Ways
from mtlslint.reporters._sarif_places import ROOT, Places
from mtlslint.reporters._sarif_plain import plain
from mtlslint.reporters._sarif_results import Results
from mtlslint.reporters._sarif_rules import HOME, descriptor
from mtlslint.reporters._sarif_text import escaped, sentence
from mtlslint.rule import Rule

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
RESULT_LIMIT = 25_000
"""GitHub refuses a run with more results."""


def render(result: Result, view: View) -> str:
    """Return one SARIF log with one run."""
    log = SarifLog(schema_uri=SCHEMA, version="2.1.0", runs=[_run(result, view)])
    members = plain(log)
    ordered = {name: members[name] for name in ("$schema", "version", "runs")}
    return json.dumps(ordered, indent=2) + "\n"


def _run(result: Result, view: View) -> Any:
    places = Places(result.sources, view.prefix)
    rules = {
        id_: rule for id_, rule in result.catalogue.rules.items() if result.levels[id_] > Level.OFF
    }
    results = Results(places, Ways(result), rules)
    findings = most_severe(result, RESULT_LIMIT)
    return Run(
        tool=Tool(driver=_driver(result, rules)),
        automation_details=RunAutomationDetails(id="mtlslint/"),
        column_kind="unicodeCodePoints",
        newline_sequences=["\r\n", "\n", "\r"],
        original_uri_base_ids={
            ROOT: ArtifactLocation(description=Message(text="The root of the checked project."))
        },
        invocations=[
            Invocation(
                execution_successful=not result.problems,
                tool_execution_notifications=_notifications(result, places, len(findings)) or None,
            )
        ],
        results=[results.of(finding) for finding in findings],
        properties={"profile": result.profile, "auto": result.auto, "summary": _summary(result)},
    )


def _driver(result: Result, rules: Mapping[str, Rule]) -> Any:
    return ToolComponent(
        name="mtlslint",
        semantic_version=__version__,
        information_uri=HOME,
        rules=[descriptor(rule, result.levels[id_]) for id_, rule in rules.items()],
    )


def most_severe(result: Result, limit: int) -> Sequence[Finding]:
    """Return the findings in their order; if there are more than `limit`, the worst of them."""
    findings = result.findings
    if len(findings) <= limit:
        return findings
    rules = result.catalogue.rules
    ranked = sorted(
        range(len(findings)),
        key=lambda i: (-findings[i].level, -rules[findings[i].rule].security_severity, i),
    )
    return [findings[i] for i in sorted(ranked[:limit])]


def _notifications(result: Result, places: Places, shown: int) -> list[Any]:
    found = [_notification(problem, places) for problem in (*result.problems, *result.notes)]
    total = len(result.findings)
    if shown < total:
        text = f"{total} findings are more than a run may hold: here are the {shown} most severe."
        found.append(Notification(message=Message(text=text), level="warning"))
    return found


def _notification(problem: Problem, places: Places) -> Any:
    return Notification(
        message=Message(text=escaped(sentence(problem.message))),
        level="error" if problem.fatal else "note",
        locations=places.of_problem(problem),
    )


def _summary(result: Result) -> dict[str, Any]:
    """Return the counts of what was seen, as in the JSON format."""
    counts = {
        name: dict(sorted(value.items())) if isinstance(value, Mapping) else value
        for name, value in result.summary._asdict().items()
    }
    return {**counts, "text": result.summary.sentence()}
