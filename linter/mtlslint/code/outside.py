"""Callers that aren't in sight: what they may leave out, and which switches they may turn.

Whatever is public in a language whose modules anyone may import is there to be called. What such
callers hand over isn't known, but what holds if they say nothing is, and so is what a switch does
that nobody in sight turns.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from mtlslint.code.ir import Arm, Capture, Chain, Field, Literal, Name, Node
from mtlslint.code.items import Function
from mtlslint.code.program import Program
from mtlslint.code.walk import Kinds, by_kind

Given = Mapping[str, Node]
"""What parameters are given, by their names; of others nothing is known."""

_SWITCHES = 4
_MANY = 8


def left_out(function: Function) -> Given:
    """Return what parameters are if a caller gives no more than it has to.

    Of many nobody leaves out all: the function stands in for one of a library, with its defaults.
    """
    found = dict(_defaults(function)) if function.public else {}
    return found if len(found) < _MANY else {}


def switched(program: Program, function: Function) -> Iterator[Given]:
    """Yield what a caller gives who turns a switch that decides what the function does."""
    given = left_out(function)
    flags = {name: one for name, one in given.items() if _is_switch(one)}
    if not flags:
        return
    names = _asked(program, function).get(Name, ())
    asked = {one.path[0] for one in names if len(one.path) == 1}
    for name, default in [pair for pair in flags.items() if pair[0] in asked][:_SWITCHES]:
        assert isinstance(default, Literal)
        yield {**given, name: Literal(default.span, not default.value)}


def switches(made_by: Iterable[Function]) -> frozenset[str]:
    """Return the switches that whoever makes an object may turn."""
    given = [pair for one in made_by if one.public for pair in _defaults(one)]
    return frozenset(name for name, default in given if _is_switch(default))


def asks_switch(program: Program, method: Function, names: Container[str]) -> bool:
    """Whether what a method does is decided by one of these attributes of its object."""
    return any(
        isinstance(one.base, Name)
        and isinstance(one.steps[0], Field)
        and one.base.path == ("self",)
        and one.steps[0].name in names
        for one in _asked(program, method).get(Chain, ())
    )


def _asked(program: Program, function: Function) -> Kinds:
    """Return the code of all conditions of a function."""
    arms = program.nodes(function.body).get(Arm, ())
    return by_kind(tuple(one.guard for one in arms if one.guard is not None))


def _defaults(function: Function) -> Iterator[tuple[str, Node]]:
    for param in function.params:
        if isinstance(param.pattern, Capture) and param.default is not None:
            yield param.pattern.name, param.default


def _is_switch(default: Node) -> bool:
    return isinstance(default, Literal) and isinstance(default.value, bool)
