"""The technologies: every module or package in this folder that doesn't begin with `_`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from mtlslint.discover import module_names
from mtlslint.facts import Parser


@cache
def all_parsers() -> tuple[Parser, ...]:
    """Return every technology, by name."""
    names = module_names(__path__)
    return tuple(cast(Parser, import_module(f"{__name__}.{name}")) for name in names)
