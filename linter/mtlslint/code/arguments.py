"""One call of a library as the evaluator sees it, and how its arguments are looked up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from mtlslint.code.ir import Node
from mtlslint.code.values import Value, World
from mtlslint.source import Span

_NONE: Mapping[str, Any] = {}


class Call(NamedTuple):
    """One call of a library: its span, what it is called, and its arguments' values."""

    span: Span
    name: str
    receiver: Value | None = None
    args: tuple[Value, ...] = ()
    keywords: Mapping[str, Value] = _NONE
    nodes: tuple[Node, ...] = ()
    spans: Mapping[str, Span] = _NONE

    def where(self, which: int | str | None) -> Span:
        """Return where an argument is written if it has a name, else the whole call."""
        return self.spans.get(which, self.span) if isinstance(which, str) else self.span

    def argument(self, which: int | str | None, world: World) -> Value | None:
        """Return an argument, `self`, or a part of it (`self.address`); -1 is the last one."""
        if isinstance(which, int):
            return self.args[which] if which < len(self.args) and self.args else None
        if which is None:
            return None
        if which == "self":
            return self.receiver
        if which.startswith("self."):
            thing = world.thing(self.receiver) if self.receiver is not None else None
            return thing.parts.get(which[5:]) if thing else None
        if which not in self.keywords and "**" in self.keywords:
            return self.keywords["**"]
        return self.keywords.get(which)
