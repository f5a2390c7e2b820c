"""The facts are held against installed libraries only where they are asked for: `-m facts`."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave the folder alone if its mark is deselected, as it is by default."""
    return True if config.option.markexpr == "not facts" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of the folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("facts")
