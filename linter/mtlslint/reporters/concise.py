"""One line a finding: path, line, column, level, rule, message."""

from __future__ import annotations

from mtlslint.engine import Result
from mtlslint.finding import Finding
from mtlslint.reporters import View
from mtlslint.reporters._places import region
from mtlslint.reporters._terminal import clean, styled


def render(result: Result, view: View) -> str:
    """Return a line for each finding, and the closing line."""
    lines = [heading(result, finding, view) for finding in result.findings]
    return "\n".join([*lines, closing(result)]) + "\n"


def heading(result: Result, finding: Finding, view: View) -> str:
    """Return where, how bad, which rule, what."""
    at = region(result.sources, finding.span)
    where = styled(clean(f"{view.prefix}{at.path}:{at.line}:{at.column}"), "bold", view.color)
    rule = result.catalogue.rules[finding.rule]
    level = styled(f"{finding.level.word} {rule.id}", finding.level.word, view.color)
    return f"{where}: {level} {rule.name}: {clean(finding.text)}"


def closing(result: Result) -> str:
    """Return the line that says what was seen and what came of it."""
    levels = result.summary.levels
    counts = [
        f"{levels[word]} {word}s" for word in ("error", "warning", "note") if levels.get(word)
    ]
    found = ", ".join(count[:-1] if count.startswith("1 ") else count for count in counts)
    profile = f"profile {result.profile}{' (auto)' if result.auto else ''}"
    seen = result.summary.sentence()
    return f"{found or 'no findings'}; {profile}; {seen}; see: mtlslint inspect"
