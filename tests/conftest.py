"""What all tests share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from mtlslint import parsers

TOY = str(Path(__file__).parent / "toy")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where every tool is installed (`MTLSLINT_NO_SKIPS`), a skipped test is a failed one."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("MTLSLINT_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch):
    """Let the toy technology be the only one."""
    monkeypatch.setattr(parsers, "__path__", [TOY])
    parsers.all_parsers.cache_clear()
    yield
    parsers.all_parsers.cache_clear()
    sys.modules.pop("mtlslint.parsers.toy", None)
