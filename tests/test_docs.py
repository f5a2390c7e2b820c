"""What is generated is current, and what the README shows is what the program prints."""

from __future__ import annotations

import importlib.util
import io
import re
from pathlib import Path

import pytest
from mtlslint.catalogue import load_rules
from mtlslint.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_generated_files_are_current() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    files = generate.generated(load_rules())
    stale = [
        path.relative_to(ROOT).as_posix()
        for path, text in files.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: python docs/generate.py"
    pages = {path.name for path in (ROOT / "docs" / "rules").iterdir()}
    assert pages == {path.name for path in files if path.parent.name == "rules"}


def test_the_finding_shown_in_the_readme_is_printed_by_the_line_above_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")
    shown = re.search(r"<!-- finding -->\n```text\n(.+?)```", README, re.DOTALL)
    assert shown
    stdout = io.StringIO()
    assert main(["check", "examples"], io.StringIO(), stdout, io.StringIO()) == 1
    assert shown[1] in stdout.getvalue()
