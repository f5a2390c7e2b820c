"""Interprets the rows of the API data: what a library call does to settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from mtlslint.code import callbacks, choices, escaping, mapping, misuses, opening, running, sockets
from mtlslint.code.api import Case, Either, Row, Take
from mtlslint.code.interpret import (
    Reading,
    constant,
    from_argument,
    targeted,
)
from mtlslint.code.ir import Node
from mtlslint.code.operators import masked
from mtlslint.code.values import (
    Bits,
    Items,
    Known,
    Lambda,
    Outcome,
    Routine,
    Symbol,
    Thing,
    Unknown,
    Value,
    World,
    bare,
)
from mtlslint.model import Origin, Setting
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

_WEAKEST = ("public", "foreign", "private", "none")
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


def apply(machine: Machine, row: Row, call: Call, world: World) -> list[Outcome]:
    """Return what comes of the call."""
    if row.phantom:
        machine.collector.misuse("phantom", call.name, row.phantom, call.span)
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
        _change(machine, row, call, subject, world)
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


def _change(machine: Machine, row: Row, call: Call, subject: Value, world: World) -> None:
    changes: dict[str, Setting] = {}
    thing = world.thing(subject)
    for name, setting in _settings(machine, row, call, world):
        old = thing.settings.get(name) if thing is not None and name in row.instead else None
        changes[name] = setting if old is None else setting._replace(via=(old.span,))
    _update(world, subject, changes)
    _weaken(machine, row, call, subject, world)
    if row.flags is not None:
        _update(world, subject, _cases(row, call, subject, world))
    elif row.gather:
        _collect(row.gather, call, subject, world)
    for take in row.takes:
        _update(world, subject, adopt(machine, take, call, world, subject))
    _choose(machine, row, call, subject, world)
    if row.nested:
        _nested(machine, row, call, subject, world)
    if row.judge is not None:
        _update(world, subject, callbacks.judged(machine, row.judge, call, world))
    for handed in row.consumes:
        used = world.thing(call.argument(handed, world) or Unknown())
        if used is not None:
            machine.collector.consume(used.site)
    thing = world.thing(subject)
    if row.bind and thing is not None:
        thing = thing.part("address", sockets.place(row.bind, call, machine.api, world))
    if row.idle is not None and thing is not None:
        thing = misuses.mark(machine, row.idle, call, thing)
    for name, which in row.parts.items():
        constant_part = isinstance(which, Mapping)
        value = Bits(frozenset(which["bits"])) if constant_part else call.argument(which, world)
        if thing is not None and value is not None:
            thing = thing.part(name, value)
    for name in row.moves:
        if thing is not None and name in thing.settings:
            here = thing.settings[name]
            thing = thing.having({name: Setting(here.value, call.span, here.origin)})
    become = _kind(machine, row, call, world)
    if thing is not None and become:
        thing = thing._replace(kind=become)
    if thing is not None:
        world.update(subject, thing)


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


def _nested(machine: Machine, row: Row, call: Call, subject: Value, world: World) -> None:
    """Read a dictionary as if its keys were keywords of a row's."""
    thing = world.thing(call.argument(row.nested["arg"], world) or Unknown())
    if thing is None or thing.path != mapping.PATH:
        return
    keywords = {key: value for key, value in thing.parts.items() if key != mapping.OPEN}
    inner = Call(call.span, call.name, subject, keywords=keywords, spans=thing.spans)
    _change(machine, machine.api.rows[row.nested["row"]], inner, subject, world)


def _choose(machine: Machine, row: Row, call: Call, subject: Value, world: World) -> None:
    for choose in row.chooses:
        thing = world.thing(subject)
        if thing is not None:
            found = choices.chosen(choose, call, thing.site, machine.api, world)
            _update(world, subject, found)


def _settings(
    machine: Machine, row: Row, call: Call, world: World
) -> Iterator[tuple[str, Setting]]:
    tables = (
        (row.default, Origin.DEFAULT),
        (row.preset, Origin.PRESET),
        (row.set, Origin.EXPLICIT),
    )
    for table, origin in tables:
        reading = Reading(call.span, origin, row.note)
        for name, spec in table.items():
            setting = _read(machine, spec, call, world, reading)
            if setting is not None:
                yield name, setting


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
    if value is None and row_names(spec):
        return constant(spec["absent"], reading) if "absent" in spec else None
    reading = reading._replace(span=call.where(spec.get("arg")))
    if value is None and "absent" in spec:
        return constant(spec["absent"], reading)
    said = value.said if isinstance(value, Known) else None
    if said is not None and machine.program.is_elsewhere(said, reading.span):
        # Another crate decides, and this one only passes it on.
        reading = reading._replace(span=said)
    return from_argument(spec, value or Unknown(), world, machine.api, reading)


def row_names(spec: Mapping[str, Any]) -> bool:
    """Whether the setting is read off an argument with a name, which may be left out."""
    return isinstance(spec.get("arg"), str)


def _weaken(machine: Machine, row: Row, call: Call, subject: Value, world: World) -> None:
    """Trust only grows: public roots stay in when private ones are added."""
    reading = Reading(call.span, Origin.EXPLICIT, row.note)
    for name, spec in row.weaken.items():
        thing = world.thing(subject)
        new = _read(machine, spec, call, world, reading)
        if thing is None or new is None:
            continue
        old = thing.settings.get(name)
        if old is None or _rank(new) <= _rank(old):
            _update(world, subject, {name: new})


def _rank(setting: Setting) -> int:
    value = setting.value
    return _WEAKEST.index(value) if isinstance(value, str) and value in _WEAKEST else 2


def _cases(row: Row, call: Call, subject: Value, world: World) -> dict[str, Setting]:
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


def _collect(name: str, call: Call, subject: Value, world: World) -> None:
    thing = world.thing(subject)
    if thing is not None:
        old = thing.parts.get(name)
        before = old.items if isinstance(old, Items) else ()
        world.update(subject, thing.part(name, Items((*before, *call.args))))


def _holds(case: Case, flags: Bits) -> bool | None:
    if case.lacks & flags.names:
        return False
    if case.has <= flags.names:
        return True if flags.certain or not case.lacks else None
    return False if flags.certain else None


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


def why(value: Value | None) -> str:
    """Return why nothing is known of a value."""
    value = bare(value) if value is not None else Unknown("not given")
    return value.note if isinstance(value, Unknown) and value.note else "made elsewhere"


def _hand_over(machine: Machine, row: Row, call: Call, world: World) -> None:
    """What a row doesn't account for may be changed by the callee."""
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
