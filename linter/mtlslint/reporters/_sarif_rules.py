"""Rules as SARIF describes them: what GitHub shows beside an alert."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sarif_om import MultiformatMessageString, ReportingConfiguration, ReportingDescriptor

from mtlslint.finding import Level
from mtlslint.pages import page
from mtlslint.reporters._sarif_text import clean_lines, paragraph, sentence, shortened
from mtlslint.rule import STANDARDS, Rule

HOME = "https://github.com/mtlslint/mtlslint"
DESCRIPTION_LIMIT = 1024
TAG_LIMIT = 10
"""GitHub takes 20 tags of a rule and shows 10."""

_BUILT_IN = re.compile(r"MTLS\d{3}")


def descriptor(rule: Rule, level: Level) -> Any:
    """Return the rule's metadata at its level in effect."""
    return ReportingDescriptor(
        id=rule.id,
        name=friendly_name(rule.name),
        short_description=_text(shortened(sentence(rule.summary), DESCRIPTION_LIMIT)),
        full_description=_text(shortened(paragraph(rule.help.what), DESCRIPTION_LIMIT)),
        help=MultiformatMessageString(
            text=clean_lines(_help_text(rule)), markdown=clean_lines(page(rule))
        ),
        help_uri=_help_uri(rule),
        default_configuration=ReportingConfiguration(level=level.word),
        properties=_properties(rule, level),
    )


def friendly_name(name: str) -> str:
    """Return a rule's name as SARIF wants it: `client-cert-optional` is `ClientCertOptional`."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("-"))


def _text(text: str) -> Any:
    return MultiformatMessageString(text=text)


def _help_text(rule: Rule) -> str:
    """Return the page's sections without their Markdown headings, for viewers of plain text."""
    parts = {
        f"{rule.id} {rule.name}": rule.summary,
        "What it does": rule.help.what,
        "Why it matters": rule.help.why,
        "How to fix": rule.help.fix,
        "How to check it on the wire": rule.help.wire,
        "When to ignore": rule.help.ignore,
    }
    sections = (f"{heading}\n{body.strip()}" for heading, body in parts.items() if body.strip())
    return "\n\n".join(sections)


def _help_uri(rule: Rule) -> str | None:
    """Return where the rule can be read about; of somebody's own rules only they know."""
    if _BUILT_IN.fullmatch(rule.id):
        return f"{HOME}/blob/main/docs/rules/{rule.id}.md"
    return next((url for url in rule.references if url.startswith("https://")), None)


def _properties(rule: Rule, level: Level) -> dict[str, Any]:
    """Return the properties that GitHub reads; a severity is only for what is more than a note."""
    found: dict[str, Any] = {"tags": tags(rule), "precision": rule.precision}
    if level >= Level.WARNING:
        found["security-severity"] = f"{rule.security_severity:.1f}"
    else:
        found["problem.severity"] = "recommendation"
    return found


def tags(rule: Rule) -> list[str]:
    """Return `security`, then the standards, CWE first, at most TAG_LIMIT."""
    return ["security", *_standards(rule)][:TAG_LIMIT]


def _standards(rule: Rule) -> Iterator[str]:
    for standard in STANDARDS:
        for id_ in rule.standards.get(standard, ()):
            if standard == "cwe":
                yield f"external/cwe/cwe-{id_.lower().removeprefix('cwe-').zfill(3)}"
            else:
                yield f"external/{standard}/{id_.lower()}"
