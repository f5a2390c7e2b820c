"""A thing that is handed over to another gives it its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mtlslint.code import classes, escaping, opening, running
from mtlslint.code.api import Take
from mtlslint.code.arguments import Call
from mtlslint.code.values import Items, Known, Symbol, Thing, Value, World, bare, why
from mtlslint.model import Setting

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


def adopt(
    machine: Machine, take: Take, call: Call, world: World, subject: Value | None = None
) -> dict[str, Setting]:
    """Return the settings of a thing that is handed over; what it leaves open is unknown."""
    value = call.argument(take.arg, world)
    if isinstance(take.arg, str) and isinstance(bare(value or Known(None)), (Known, Items, Symbol)):
        return {}
    thing = world.thing(value) if value is not None else None
    found: Mapping[str, Setting] = {}
    if thing is not None and not thing.kind and take.method:
        value = _given_by(machine, take.method, value, thing, world)
        thing = world.thing(value) if value is not None else None
    if thing is not None and thing.kind:
        sides = [opening.side_of(machine, one, world) for one in (value, subject)]
        machine.collector.cross(thing, *sides)
        machine.collector.take(thing)
        found = thing.settings
    elif value is not None and thing is not None and take.interface:
        found = machine.judge(machine, value, take.interface, world) or {}
    if value is not None and not found and thing is not None:
        escaping.escape(machine, value, world)
    note = why(value)
    unknown = {name: Setting(None, call.span, note=note) for name in take.settings}
    return {**unknown, **found}


def _given_by(
    machine: Machine, method: str, value: Value | None, thing: Thing, world: World
) -> Value | None:
    """Return what a method of an object of the program gives, if that is one thing."""
    functions = classes.method_of(machine, thing, method)
    if value is None or not functions:
        return value
    outcomes = running.run_functions(machine, functions, (value,), world.fork())
    made = [(after, one) for after, one in outcomes if after.thing(one) is not None]
    if len(made) != 1:
        return value
    world.heap = made[0][0].heap
    return made[0][1]
