"""The facts are held against installed libraries only where they are asked for: `-m facts`."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from authority import Files, write

HERE = Path(__file__).parent
FILES = pytest.StashKey[Files]()
_UNSET = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSLKEYLOGFILE")


def _asked(config: pytest.Config) -> bool:
    return config.option.markexpr != "not facts"


def pytest_configure(config: pytest.Config) -> None:
    """Before any library is imported, let the tests' authority be the only one that is trusted."""
    if not _asked(config):
        return
    folder = TemporaryDirectory()
    config.add_cleanup(folder.cleanup)
    config.stash[FILES] = files = write(Path(folder.name))
    for name in _UNSET:
        os.environ.pop(name, None)
    os.environ |= {
        "SSL_CERT_FILE": files.ca,
        "SSL_CERT_DIR": folder.name,
        "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": files.ca,
        "NO_PROXY": "*",
    }
    with suppress(ImportError):
        import certifi.core

        certifi.core._CACERT_PATH = files.ca


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave the folder alone if its mark is deselected, as it is by default."""
    return None if _asked(config) else True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of the folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("facts")


@pytest.fixture(scope="session")
def files(pytestconfig: pytest.Config) -> Files:
    """Return where the certificates are."""
    return pytestconfig.stash[FILES]
