"""Output formats: every module in this folder that doesn't begin with `_`, named by it.

A format is a module with `render(result, view) -> str`; a dash in its name is an underscore here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from mtlslint.discover import module_names

if TYPE_CHECKING:
    from mtlslint.engine import Result


class View(NamedTuple):
    """How output is wanted: in colour or not, with what before relative paths, telling more."""

    color: bool = False
    prefix: str = ""
    verbose: bool = False


class Reporter(Protocol):
    """An output format."""

    def render(self, result: Result, view: View) -> str:
        """Return the whole output, ending in a newline."""
        ...


def formats() -> tuple[str, ...]:
    """Return the names of all formats, sorted."""
    return tuple(sorted(name.replace("_", "-") for name in module_names(__path__)))


def reporter(name: str) -> Reporter:
    """Return the format of this name."""
    return cast(Reporter, import_module(f"{__name__}.{name.replace('-', '_')}"))
