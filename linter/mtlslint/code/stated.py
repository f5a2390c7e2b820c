"""Settings that a row states outright, takes from the target, or reads off an argument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mtlslint.code import choices
from mtlslint.code.api import Row
from mtlslint.code.arguments import Call
from mtlslint.code.interpret import Reading, constant, from_argument, targeted
from mtlslint.code.values import Known, Thing, Unknown, World
from mtlslint.model import Origin, Setting

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

_WEAKEST = ("public", "foreign", "private", "none")


def stated(machine: Machine, row: Row, call: Call, world: World) -> Iterator[tuple[str, Setting]]:
    """Yield what a row says of settings, from the weakest origin to what is written."""
    tables = (
        (row.default, Origin.DEFAULT),
        (row.preset, Origin.PRESET),
        (row.set, Origin.EXPLICIT),
    )
    for table, origin in tables:
        if not table:
            continue
        reading = Reading(call.span, origin, row.note)
        for name, spec in table.items():
            setting = _read(machine, spec, call, world, reading)
            if setting is not None:
                yield name, setting


def weakened(
    machine: Machine, row: Row, call: Call, thing: Thing, world: World
) -> dict[str, Setting]:
    """Trust only grows: public roots stay in when private ones are added."""
    found: dict[str, Setting] = {}
    if not row.weaken:
        return found
    reading = Reading(call.span, Origin.EXPLICIT, row.note)
    for name, spec in row.weaken.items():
        new, old = _read(machine, spec, call, world, reading), thing.settings.get(name)
        if new is not None and (old is None or _rank(new) <= _rank(old)):
            found[name] = new
    return found


def _rank(setting: Setting) -> int:
    value = setting.value
    return _WEAKEST.index(value) if isinstance(value, str) and value in _WEAKEST else 2


def _read(
    machine: Machine, spec: Any, call: Call, world: World, reading: Reading
) -> Setting | None:
    if not isinstance(spec, Mapping):
        return constant(spec, reading)
    if "target" in spec:
        return targeted(spec, reading, machine.targets)
    if "is" in spec:
        return choices.setting_of(spec, reading.span, reading.span, reading.note)
    value = call.argument(spec.get("arg"), world)
    if value is None and _is_named(spec):
        return constant(spec["absent"], reading) if "absent" in spec else None
    reading = Reading(call.where(spec.get("arg")), reading.origin, reading.note)
    if value is None and "absent" in spec:
        return constant(spec["absent"], reading)
    said = value.said if isinstance(value, Known) else None
    if said is not None and machine.program.is_elsewhere(said, reading.span):
        # Another crate decides, and this one only passes it on.
        reading = reading._replace(span=said)
    return from_argument(spec, value or Unknown(), world, machine.api, reading)


def _is_named(spec: Mapping[str, Any]) -> bool:
    """Whether the setting is read off an argument with a name, which may be left out."""
    return isinstance(spec.get("arg"), str)
