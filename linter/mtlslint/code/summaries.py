"""Remembers what functions come to that are handed nothing of the heap.

What such a function makes and returns is the same whoever calls it, so it is run once for each
set of arguments. Only for languages whose functions share no variables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code.ir import Function
from mtlslint.code.values import (
    Handle,
    Items,
    Lambda,
    Outcome,
    Ref,
    Routine,
    Thing,
    Value,
    World,
    bare,
)

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

Key = tuple[int, tuple[Value, ...], frozenset[tuple[str, bool]]]
"""A function, its arguments, and the switches of the build that are decided."""


class End(NamedTuple):
    """One way in which a function ends: what it has made by then, and what it gives."""

    made: dict[Handle, Thing]
    build: dict[str, bool]
    value: Value


class Summary(NamedTuple):
    """All ways in which a function ends; `cut`: there were more."""

    ends: tuple[End, ...]
    failures: int
    cut: bool


class Beginning(NamedTuple):
    """What things were like before a function was run."""

    heap: dict[Handle, Thing]
    opened: frozenset[object]
    shortened: int
    failures: int
    abandoned: int
    cut: bool


def key_of(
    machine: Machine, function: Function, values: tuple[Value, ...], world: World
) -> Key | None:
    """Return under what a call is remembered; None if what it comes to depends on its world."""
    if machine.api.anchored or world.rests is not None or any(map(leads_away, values)):
        return None
    return id(function), values, frozenset(world.build.items())


def leads_away(value: Value) -> bool:
    """Whether a value means something only together with its world."""
    value = bare(value)
    if isinstance(value, Items):
        return any(map(leads_away, value.items))
    return isinstance(value, (Ref, Lambda, Routine))


def recall(machine: Machine, key: Key, world: World) -> list[Outcome] | None:
    """Return what comes of a call as far as it is known."""
    known = machine.summaries.get(key)
    if known is None or any(n in world.heap for end in known.ends for n in end.made):
        return None
    machine.failures += known.failures
    machine.collector.cut = machine.collector.cut or known.cut
    outcomes: list[Outcome] = []
    for end in known.ends:
        after = world.fork()
        after.heap.update(end.made)
        after.build = dict(end.build)
        outcomes.append((after, end.value))
    return outcomes


def begin(machine: Machine, world: World) -> Beginning:
    """Note what things are like before a function is run."""
    collector = machine.collector
    before = Beginning(
        dict(world.heap),
        world.opened,
        machine.shortened,
        machine.failures,
        len(machine.abandoned),
        collector.cut,
    )
    collector.cut = False
    return before


def remember(machine: Machine, key: Key, before: Beginning, outcomes: list[Outcome]) -> None:
    """Keep what came of a call, unless it did more than make things."""
    cut = machine.collector.cut
    machine.collector.cut = cut or before.cut
    plain = (
        machine.shortened == before.shortened
        and len(machine.abandoned) == before.abandoned
        and all(
            after.opened == before.opened
            and all(after.heap.get(n) is thing for n, thing in before.heap.items())
            for after, _ in outcomes
        )
    )
    if plain:
        ends = (
            End(
                {n: one for n, one in after.heap.items() if n not in before.heap},
                dict(after.build),
                value,
            )
            for after, value in outcomes
        )
        machine.summaries[key] = Summary(tuple(ends), machine.failures - before.failures, cut)
