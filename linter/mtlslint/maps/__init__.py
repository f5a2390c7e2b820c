"""Pictures of the hops: every module in this folder that doesn't begin with `_` is a format."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from mtlslint.discover import module_names
from mtlslint.maps._graph import Graph


class Drawing(Protocol):
    """A format."""

    def render(self, graph: Graph, color: bool) -> str:
        """Return the picture as text; `color` only where a terminal shows it."""
        ...


def formats() -> tuple[str, ...]:
    """Return the names of all formats."""
    return tuple(module_names(__path__))


def drawing(name: str) -> Drawing:
    """Return a format by its name."""
    return cast(Drawing, import_module(f"{__name__}.{name}"))
