"""The libraries of Python's table as they are installed here."""

from __future__ import annotations

import importlib
import platform
import warnings
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest
import yaml
from mtlslint.code.api import Api
from mtlslint.parsers import python
from mtlslint.targets import Version, parse_version

HERE = Path(__file__).parent


@cache
def table() -> Api:
    """Return the table that the parser itself uses."""
    return python.language().api


@cache
def libraries() -> dict[str, dict[str, Any]]:
    """Return where the libraries live, by the name the table gives them."""
    return yaml.safe_load((HERE / "libraries.yaml").read_text(encoding="utf-8"))


@cache
def version_of(library: str) -> str | None:
    """Return the version that is installed, Python's own for what comes with it; None if none."""
    distribution = libraries()[library].get("install")
    try:
        return version(distribution) if distribution else platform.python_version()
    except PackageNotFoundError:
        return None


def label(library: str) -> str:
    """Return a library with its version, as the tests' ids name it."""
    found = version_of(library)
    named = library if "install" in libraries()[library] else f"Python's {library}"
    return f"{named} {found}" if found else f"{named} missing"


def require(library: str) -> Version:
    """Return the installed version; skip the test if there is none."""
    found = version_of(library)
    if found is None:
        pytest.skip(f"{libraries()[library]['install']} isn't installed")
    return parse_version(found) or ()


def checked(path: str) -> bool:
    """Say whether a path of the table belongs to a library that is checked here."""
    library = path.partition("::")[0]
    return "builds" not in libraries()[library] or version_of(library) is not None


def thing(path: str) -> Any:
    """Return what a path of the table means here; None if the library has nothing of the name."""
    library, _, name = path.rstrip("=").partition("::")
    for module in libraries()[library]["modules"]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = importlib.import_module(module)
            for part in name.split("::"):
                found = getattr(found, part, None)
        if found is not None:
            return found
    return None
