"""What all tests share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from mtlslint import parsers

TOY = str(Path(__file__).parent / "toy")


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch):
    """Let the toy technology be the only one."""
    monkeypatch.setattr(parsers, "__path__", [TOY])
    parsers.all_parsers.cache_clear()
    yield
    parsers.all_parsers.cache_clear()
    sys.modules.pop("mtlslint.parsers.toy", None)
