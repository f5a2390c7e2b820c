"""Write what is derived from the rules and the model: `python docs/generate.py`.

The rule table in README.md, a page per rule in docs/rules/, the JSON Schema of rule files. A test
checks that what is committed is current.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from mtlslint.catalogue import Catalogue, load_rules
from mtlslint.config import Config
from mtlslint.engine import check
from mtlslint.files import DiskFiles
from mtlslint.pages import page
from mtlslint.reporters import View, text
from mtlslint.rule import PROFILES, TECHNOLOGIES, Rule, rule_schema

ROOT = Path(__file__).resolve().parents[1]
FINDING = re.compile(r"(<!-- finding -->\n```text\n).*?(```)", re.DOTALL)
SHOWN = "MTLS101"
TABLE = re.compile(r"(<!-- rules -->\n).*?(<!-- /rules -->)", re.DOTALL)


def generated(catalogue: Catalogue) -> Mapping[Path, str]:
    """Return every derived file with its text."""
    readme = ROOT / "README.md"
    schema = json.dumps(rule_schema(), indent=2, ensure_ascii=False) + "\n"
    front = readme.read_text(encoding="utf-8")
    front = TABLE.sub(lambda found: found[1] + rule_table(catalogue) + found[2], front)
    front = FINDING.sub(lambda found: found[1] + shown_finding(catalogue) + found[2], front)
    files = {
        readme: front,
        ROOT / "docs" / "schema" / "rule.json": schema,
    }
    for rule in catalogue.rules.values():
        files[ROOT / "docs" / "rules" / f"{rule.id}.md"] = page(rule)
    return files


def shown_finding(catalogue: Catalogue) -> str:
    """Return what `mtlslint check` prints of one finding in the examples."""
    files = DiskFiles(ROOT / "examples")
    result = check(files, Config(), catalogue, date(2026, 1, 1))
    finding = next(finding for finding in result.findings if finding.rule == SHOWN)
    return text.block(result, finding, View(prefix="examples/")) + "\n"


def rule_table(catalogue: Catalogue) -> str:
    """Return the rules as a Markdown table: levels per profile, and where each is shown."""
    names = " | ".join(name.capitalize() if name != "nginx" else name for name in TECHNOLOGIES)
    lines = [
        f"| rule | reports | {' / '.join(PROFILES)} | {names} |",
        "|---|---|---|" + "---|" * len(TECHNOLOGIES),
    ]
    return "\n".join([*lines, *map(_row, catalogue.rules.values())]) + "\n"


def _row(rule: Rule) -> str:
    shown = {example.technology for example in rule.examples}
    marks = " | ".join("x" if technology in shown else "" for technology in TECHNOLOGIES)
    levels = " / ".join(rule.levels[p].word.replace("off", "-") for p in PROFILES)
    link = f"[{rule.id}](docs/rules/{rule.id}.md) {rule.name}"
    return f"| {link} | {rule.summary} | {levels} | {marks} |"


if __name__ == "__main__":
    for path, text in generated(load_rules()).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
