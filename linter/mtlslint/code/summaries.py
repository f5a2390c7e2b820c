"""Remembers what functions come to: it is the same for all callers that hand over the same.

Only for languages whose functions share no variables: there, a function sees nothing but what its
arguments lead to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code.items import Function
from mtlslint.code.values import (
    LEADING,
    Handle,
    Items,
    Known,
    Lambda,
    Outcome,
    Ref,
    Routine,
    Symbol,
    Thing,
    Value,
    World,
    bare,
    reachable,
)
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

Heap = dict[Handle, Thing]
Opened = frozenset[tuple[Span, str]]
Build = dict[str, bool]
Key = tuple[int, bool, tuple[Value, ...], tuple[object, ...]]
"""A function, whether only its result is asked for, its arguments, where they are written."""

_MOST = 16
"""Ways to call a function with the same arguments, but other things behind them."""


class End(NamedTuple):
    """One way in which a function ends: what it made, changed, opened, decided, and gives."""

    made: Heap
    changed: Heap
    opened: Opened
    decided: Build
    value: Value


class Summary(NamedTuple):
    """All ways in which a function ends that is handed `given`; `cut`: there were more.

    `asked`: which build-time switches it heeds, and how they stood if that was decided before.
    `depth`: from there on it calls no deeper.
    """

    given: Heap
    asked: Mapping[str, bool | None]
    ends: tuple[End, ...]
    failures: int
    cut: bool
    depth: int


class Beginning(NamedTuple):
    """What things were like before a function was run."""

    key: Key
    given: Heap
    heap: Heap
    opened: Opened
    build: Build
    failures: int
    cut: bool
    asked: int
    shortened: int
    active: int
    depth: int


def begin(
    machine: Machine, function: Function, values: tuple[Value, ...], world: World, plain: bool
) -> Beginning | None:
    """Note what things are like; None if what a call comes to can't be told from that."""
    if machine.api.anchored or world.rests is not None:
        return None
    leading = [value for value in values if type(value) in LEADING]
    if any(map(_is_code, leading)):
        return None
    heap = world.heap
    given = {n: heap[n] for n in reachable(world, *leading) if n in heap} if leading else {}
    parts = [part for thing in given.values() for part in thing.parts.values()]
    if any(_is_code(part) for part in parts if type(part) in LEADING):
        return None
    return Beginning(
        (id(function), plain, values, tuple(map(_written, values))),
        given,
        dict(heap),
        world.opened,
        dict(world.build),
        machine.failures,
        machine.collector.cut,
        len(machine.asked),
        len(machine.shortened),
        len(machine.active),
        len(machine.frames),
    )


def _written(value: Value) -> object:
    """Return where a value is written, which doesn't count when values are compared."""
    value = bare(value)
    if isinstance(value, Items):
        return tuple(map(_written, value.items))
    if isinstance(value, Symbol):
        return value.span if value.path[-1][:1].islower() else None  # what may be called
    return value.said if isinstance(value, Known) else None


def _is_code(value: Value) -> bool:
    """Whether a value sees the variables around it."""
    value = bare(value)
    if isinstance(value, Items):
        return any(map(_is_code, value.items))
    return isinstance(value, Lambda)


def leads_away(value: Value) -> bool:
    """Whether a value means something only together with its world."""
    value = bare(value)
    if isinstance(value, Items):
        return any(map(leads_away, value.items))
    return isinstance(value, (Ref, Lambda, Routine))


def recall(machine: Machine, before: Beginning, world: World) -> list[Outcome] | None:
    """Return what comes of a call as far as it is known."""
    for known in machine.summaries.get(before.key, ()):
        near = before.depth >= known.depth and _stands(known, world)
        if near and known.given == before.given and not _collides(known, world):
            machine.asked += known.asked
            machine.failures += known.failures
            machine.collector.cut = machine.collector.cut or known.cut
            return [_after(machine, end, world) for end in known.ends]
    return None


def _stands(known: Summary, world: World) -> bool:
    """Whether all build-time switches that a function heeds stand as they did."""
    return all(world.build.get(atom) is holds for atom, holds in known.asked.items())


def _collides(known: Summary, world: World) -> bool:
    """Whether something was made already where the call makes it."""
    return any(n in world.heap for end in known.ends for n in end.made)


def _after(machine: Machine, end: End, world: World) -> Outcome:
    after = world.fork()
    for key in end.opened:
        after.opened = machine.collector.serve(after.opened, key)
    after.heap.update(end.changed)
    after.heap.update(end.made)
    after.build.update(end.decided)
    return after, end.value


def remember(machine: Machine, before: Beginning, outcomes: list[Outcome]) -> None:
    """Keep what came of a call, unless it would have come otherwise without its callers."""
    cut = machine.collector.cut
    machine.collector.cut = cut or before.cut
    shortened = machine.shortened[before.shortened :]
    known = machine.summaries.setdefault(before.key, [])
    if len(known) < _MOST and all(not 0 <= level < before.active for level in shortened):
        ends = tuple(_end(before, after, value) for after, value in outcomes)
        asked = {atom: before.build.get(atom) for atom in machine.asked[before.asked :]}
        failures = machine.failures - before.failures
        depth = before.depth if shortened and min(shortened) < 0 else 0
        known.append(Summary(before.given, asked, ends, failures, cut, depth))


def _end(before: Beginning, after: World, value: Value) -> End:
    heap = before.heap
    made = {n: thing for n, thing in after.heap.items() if n not in heap}
    changed = {n: one for n, one in after.heap.items() if n in heap and heap[n] is not one}
    decided = {atom: one for atom, one in after.build.items() if atom not in before.build}
    return End(made, changed, after.opened - before.opened, decided, value)
