"""A thing that is handed over to another gives it its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mtlslint.code import escaping, opening
from mtlslint.code.api import Take
from mtlslint.code.arguments import Call
from mtlslint.code.values import Items, Known, Symbol, Value, World, bare, why
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
