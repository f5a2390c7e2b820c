"""Interprets the rows of the API data: what a library call does, and what it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import callbacks, choices, escaping, misuses, opening, running
from mtlslint.code.api import Either, Row
from mtlslint.code.arguments import Call
from mtlslint.code.changing import change
from mtlslint.code.operators import masked
from mtlslint.code.values import (
    Bits,
    Items,
    Lambda,
    Outcome,
    Routine,
    Thing,
    Unknown,
    Value,
    World,
    bare,
)

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


def apply(machine: Machine, row: Row, call: Call, world: World) -> list[Outcome]:
    """Return what comes of the call."""
    if row.phantom:
        machine.collector.misused.note("phantom", call.name, row.phantom, call.span)
        kept = call.receiver is not None and row.result != "unknown"
        return [(world, call.receiver if kept and call.receiver else Unknown(call.name))]
    if row.bits is not None:
        return [(world, Bits(row.bits))]
    if row.masks:
        return [(world, masked(row.masks, call.argument(0, world)))]
    call = _named(row, call)
    if row.refuses is not None:
        misuses.refuse(machine, row.refuses, call, world)
    if row.either is not None:
        return _either(machine, row.either, call, world)
    if row.judge is not None:
        ways = callbacks.decided(machine, row.judge, call, world)
        return [one for after, way in ways for one in _apply(machine, row, way, after)]
    return _apply(machine, row, call, world)


def _apply(machine: Machine, row: Row, call: Call, world: World) -> list[Outcome]:
    if row.when and not any(name in call.keywords for name in row.when.split()):
        return [(world, Unknown(f"result of `{call.name}`"))]
    subject = call.receiver
    if row.makes:
        wrapped = _wrapped(row, call, world)
        if wrapped is not None:
            return [(world, wrapped)]
        subject = _made(row, call, world)
    if subject is not None and world.thing(subject) is not None:
        change(machine, row, call, subject, world)
    made = world.thing(subject) if row.makes and subject is not None else None
    kind = machine.api.kinds.get(made.kind) if made is not None else None
    if made is not None and kind is not None and kind.opens is not None and kind.at_once:
        whole = Call(made.site, made.label or call.name, subject)
        opening.open_endpoint(machine, kind.opens, whole, subject, world, done=True)
    if row.opens is not None:
        opening.open_endpoint(machine, row.opens, call, subject, world)
    elif row.run is not None and subject is not None:
        return _run(machine, call, row.run, subject, world)
    else:
        _hand_over(machine, row, call, world)
    return [(world, _result(row, call, subject, world))]


def _run(machine: Machine, call: Call, which: int, subject: Value, world: World) -> list[Outcome]:
    """Give the thing to the function in an argument; one that isn't in sight may do anything."""
    function = bare(call.argument(which, world) or Unknown())
    if isinstance(function, (Lambda, Routine)):
        outcomes = running.run(machine, function, (subject,), world)
        return [(after, subject) for after, _ in outcomes] or [(world, subject)]
    escaping.escape(machine, subject, world, call.name, call.span, mutable=True)
    return [(world, subject)]


def _either(machine: Machine, either: Either, call: Call, world: World) -> list[Outcome]:
    said = choices.word(call.argument(either.arg, world), machine.api.words[either.words], world)
    row = either.rows.get(said)
    if row is not None:
        return apply(machine, row, call, world)
    for value in (call.receiver, *call.args, *call.keywords.values()):
        if value is not None:
            escaping.escape(machine, value, world)
    return [(world, Unknown(f"result of `{call.name}`"))]


def _named(row: Row, call: Call) -> Call:
    """Give positional arguments the names that the row says."""
    if not row.params:
        return call
    named = dict(zip(row.params, call.args, strict=False))
    return call._replace(args=(), keywords={**call.keywords, **named})


def _wrapped(row: Row, call: Call, world: World) -> Value | None:
    """Return an argument that already is what the call would make, if it says nothing of it."""
    if row.takes:
        return None
    things = ((value, world.thing(value)) for value in call.args)
    return next((value for value, one in things if one and one.kind == row.makes), None)


def _made(row: Row, call: Call, world: World) -> Value:
    """Return a new thing; a constructor that is run on an object of the program makes that one."""
    thing = world.thing(call.receiver) if call.receiver is not None else None
    if thing is None or not thing.path or call.receiver is None:
        return world.add(Thing(row.makes, call.span, label=call.name))
    world.update(call.receiver, thing._replace(kind=row.makes))
    return call.receiver


def _hand_over(machine: Machine, row: Row, call: Call, world: World) -> None:
    """What a row doesn't account for may be changed by the callee."""
    if not call.args:
        return
    used = {take.arg for take in row.takes}
    used |= {which for which in row.parts.values() if isinstance(which, (int, str))}
    for index, value in enumerate(call.args):
        thing = index not in used and world.thing(value) is not None
        if thing or (isinstance(value, Lambda) and row.judge is None):
            escaping.escape(machine, value, world)


def _result(row: Row, call: Call, subject: Value | None, world: World) -> Value:
    if row.result == "nothing":
        return Items(())
    if row.result.startswith("argument"):
        which = row.result.partition(" ")[2] or "0"
        value = call.argument(int(which) if which.isdigit() else which, world)
        return value if value is not None else Unknown(call.name)
    if row.result == "unknown" or subject is None:
        return Unknown(f"result of `{call.name}`")
    if row.result == "both":
        return Items((subject, subject))
    if row.result == "pair":
        return Items((subject, Unknown("the other side's address")))
    return subject
