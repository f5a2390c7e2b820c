"""What a row changes of the thing that a call makes or is made on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mtlslint.code import callbacks, choices, flags, mapping, misuses, sockets
from mtlslint.code.adopting import adopt
from mtlslint.code.api import Nested, Row
from mtlslint.code.arguments import Call
from mtlslint.code.stated import stated, weakened
from mtlslint.code.values import Bits, Thing, Unknown, Value, World
from mtlslint.model import Setting

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


def change(machine: Machine, row: Row, call: Call, subject: Value, world: World) -> None:
    """Change settings first, in the order of what wins, then what else the thing holds."""
    _update(world, subject, _stated(machine, row, call, subject, world))
    thing = world.thing(subject)
    if thing is not None:
        _update(world, subject, weakened(machine, row, call, thing, world))
    if row.flags is not None:
        _update(world, subject, flags.decided(row, call, subject, world))
    elif row.gather:
        flags.collect(row.gather, call, subject, world)
    for take in row.takes:
        _update(world, subject, adopt(machine, take, call, world, subject))
    _choose(machine, row, call, subject, world)
    for nested in row.nested:
        _nested(machine, nested, call, subject, world)
    if row.judge is not None:
        _update(world, subject, callbacks.judged(machine, row.judge, call, world))
    for handed in row.consumes:
        used = world.thing(call.argument(handed, world) or Unknown())
        if used is not None:
            machine.collector.consume(used.site)
    thing = world.thing(subject)
    if thing is not None:
        world.update(subject, _shaped(machine, row, call, thing, world))


def _stated(
    machine: Machine, row: Row, call: Call, subject: Value, world: World
) -> dict[str, Setting]:
    """Return what the row says; what it takes the place of is told beside it."""
    changes: dict[str, Setting] = {}
    thing = world.thing(subject)
    for name, setting in stated(machine, row, call, world):
        old = thing.settings.get(name) if thing is not None and name in row.instead else None
        changes[name] = setting if old is None else setting._replace(via=(old.span,))
    return changes


def _shaped(machine: Machine, row: Row, call: Call, thing: Thing, world: World) -> Thing:
    """Return a thing with its new parts, its settings moved here, and its new kind."""
    if row.bind:
        thing = thing.part("address", sockets.place(row.bind, call, machine.api, world))
    if row.idle is not None:
        thing = misuses.mark(machine, row.idle, call, thing)
    for name, which in row.parts.items():
        constant_part = isinstance(which, Mapping)
        value = Bits(frozenset(which["bits"])) if constant_part else call.argument(which, world)
        if value is not None:
            thing = thing.part(name, value)
    for name in row.moves:
        if name in thing.settings:
            here = thing.settings[name]
            thing = thing.having({name: Setting(here.value, call.span, here.origin)})
    become = _kind(machine, row, call, world)
    return thing._replace(kind=become) if become else thing


def _update(world: World, subject: Value, changes: Mapping[str, Setting]) -> None:
    thing = world.thing(subject)
    if thing is not None and changes:
        world.update(subject, thing.having(changes))


def _kind(machine: Machine, row: Row, call: Call, world: World) -> str:
    if not row.becomes:
        return row.become
    value = call.argument(row.becomes["arg"], world)
    said = choices.word(value, machine.api.words[row.becomes["words"]], world)
    kinds: Mapping[str, str] = row.becomes["kinds"]
    return kinds.get(said, "")


def _nested(machine: Machine, nested: Nested, call: Call, subject: Value, world: World) -> None:
    """Read a dictionary as if its keys were keywords of a row's."""
    thing = world.thing(call.argument(nested.arg, world) or Unknown())
    if thing is None or thing.path != mapping.PATH:
        return
    keywords = {key: value for key, value in thing.parts.items() if key != mapping.OPEN}
    inner = Call(call.span, call.name, subject, keywords=keywords, spans=thing.spans)
    change(machine, machine.api.rows[nested.row], inner, subject, world)


def _choose(machine: Machine, row: Row, call: Call, subject: Value, world: World) -> None:
    for choose in row.chooses:
        thing = world.thing(subject)
        if thing is not None:
            found = choices.chosen(choose, call, thing.site, machine.api, world)
            _update(world, subject, found)
