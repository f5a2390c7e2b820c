"""Flags that calls hand over, alone or gathered over several calls, and what they decide."""

from __future__ import annotations

from mtlslint.code.api import Case, Row
from mtlslint.code.arguments import Call
from mtlslint.code.interpret import Reading, constant
from mtlslint.code.values import Bits, Items, Unknown, Value, World, bare
from mtlslint.model import Origin, Setting


def decided(row: Row, call: Call, subject: Value, world: World) -> dict[str, Setting]:
    """Return what flags decide: the first case that holds, unknown if one only may hold."""
    value = bare(call.argument(row.flags, world) or Unknown())
    flags = value if isinstance(value, Bits) else Bits(frozenset(), False)
    if row.gather:
        flags = _gather(row.gather, flags, subject, world)
    for case in row.cases:
        holds = _holds(case, flags)
        if holds:
            reading = Reading(call.span, Origin.EXPLICIT, row.note)
            return {name: constant(value, reading) for name, value in case.set.items()}
        if holds is None:
            names = {name for one in row.cases for name in one.set}
            note = "its flags aren't known here"
            return {name: Setting(None, call.span, note=note) for name in sorted(names)}
    return {}


def _gather(name: str, flags: Bits, subject: Value, world: World) -> Bits:
    thing = world.thing(subject)
    if thing is None:
        return flags
    old = thing.parts.get(name)
    if isinstance(old, Bits):
        flags = Bits(old.names | flags.names, old.certain and flags.certain)
    world.update(subject, thing.part(name, flags))
    return flags


def _holds(case: Case, flags: Bits) -> bool | None:
    if case.lacks & flags.names:
        return False
    if case.has <= flags.names:
        return True if flags.certain or not case.lacks else None
    return False if flags.certain else None


def collect(name: str, call: Call, subject: Value, world: World) -> None:
    """Add a call's arguments to those of the calls before it."""
    thing = world.thing(subject)
    if thing is not None:
        old = thing.parts.get(name)
        before = old.items if isinstance(old, Items) else ()
        world.update(subject, thing.part(name, Items((*before, *call.args))))
