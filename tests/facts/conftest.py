"""The facts are held against installed libraries only where they are asked for: `-m facts`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from authority import Files, write

HERE = Path(__file__).parent


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave the folder alone if its mark is deselected, as it is by default."""
    return True if config.option.markexpr == "not facts" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of the folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("facts")


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Certificates, made once."""
    return write(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def no_public_roots(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the authority of the tests be the only one that this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", files.ca)
    monkeypatch.setenv("SSL_CERT_DIR", os.path.dirname(files.ca))
