"""A rule's page and the list of rules: derived from the rule files, for people and programs."""

from __future__ import annotations

import json

from mtlslint.catalogue import Catalogue
from mtlslint.rule import PROFILES, Example, Rule


def page(rule: Rule) -> str:
    """Return a rule's page as Markdown, with the fixed headings."""
    levels = ", ".join(f"{profile}: {rule.levels[profile].word}" for profile in PROFILES)
    parts = [
        f"# {rule.id} {rule.name}",
        rule.summary,
        f"Levels: {levels}. Security severity: {rule.security_severity}.",
        _section("What it does", rule.help.what),
        _section("Why it matters", rule.help.why),
        _section("Example", _examples(rule)),
        _section("How to fix", rule.help.fix),
        _section("How to check it on the wire", _wire(rule)),
        _section("When to ignore", rule.help.ignore),
        _section("Standards", _standards(rule)),
        _section("References", "\n".join(f"- <{url}>" for url in rule.references)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(heading: str, body: str) -> str:
    return f"## {heading}\n\n{body.strip()}" if body.strip() else ""


def _examples(rule: Rule) -> str:
    """Return one bad example with its good twin: the first technology's."""
    if not rule.examples:
        return ""
    first = rule.examples[0].technology
    chosen = [next((e for e in rule.examples if e.technology == first and e.bad), None)]
    chosen.append(next((e for e in rule.examples if e.technology == first and not e.bad), None))
    return "\n\n".join(_block(example) for example in chosen if example)


def _block(example: Example) -> str:
    word = "Bad" if example.bad else "Good"
    return f"{word}:\n\n```{example.technology}\n{example.code.strip()}\n```"


def _wire(rule: Rule) -> str:
    command = rule.check.replace("{host}", "HOST").replace("{port}", "PORT")
    return f"```sh\n{command}\n```\n\n{rule.help.wire}" if command else rule.help.wire


def _standards(rule: Rule) -> str:
    return "\n".join(f"- {name}: {', '.join(ids)}" for name, ids in sorted(rule.standards.items()))


def rules_text(catalogue: Catalogue) -> str:
    """Return a line for each rule: id, levels per profile, name, summary."""
    width = max(len(rule.name) for rule in catalogue.rules.values())
    heading = f"{'rule':8}  {'name':{width}}  {'tls/mtls/strict':21}  summary"
    lines = [
        f"{rule.id:8}  {rule.name:{width}}  {_levels(rule):21}  {rule.summary}"
        for rule in catalogue.rules.values()
    ]
    return "\n".join([heading, *lines]) + "\n"


def _levels(rule: Rule) -> str:
    return "/".join(rule.levels[profile].word for profile in PROFILES)


def rules_json(catalogue: Catalogue) -> str:
    """Return all rules as a JSON list."""
    rules = [
        {
            "id": rule.id,
            "name": rule.name,
            "summary": rule.summary,
            "levels": {profile: rule.levels[profile].word for profile in PROFILES},
            "security_severity": rule.security_severity,
            "precision": rule.precision,
            "since": rule.since,
            "standards": dict(rule.standards),
        }
        for rule in catalogue.rules.values()
    ]
    return json.dumps(rules, indent=2, ensure_ascii=False) + "\n"
