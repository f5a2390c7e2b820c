"""Write the JSON Schemas made from the model: `python tests/write_schemas.py`."""

from __future__ import annotations

import json
from pathlib import Path

from mtlslint.rule import rule_schema

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schema"

if __name__ == "__main__":
    text = json.dumps(rule_schema(), indent=2, ensure_ascii=False) + "\n"
    (FOLDER / "rule.json").write_text(text, encoding="utf-8")
