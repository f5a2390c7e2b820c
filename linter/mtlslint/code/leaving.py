"""What was made on a path and isn't used in sight: it is judged by itself.

What a function made, used and left would keep paths apart for ever, although none goes on
differently for it: it is judged when the function ends, and forgotten.
"""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from mtlslint.code import classes, opening, outside
from mtlslint.code.api import Kind
from mtlslint.code.arguments import Call
from mtlslint.code.found import Opening
from mtlslint.code.items import Function
from mtlslint.code.merge import lasts
from mtlslint.code.program import Program
from mtlslint.code.sessions import PREFIX, share_sessions
from mtlslint.code.values import (
    FAILED,
    Failed,
    Handle,
    Known,
    Outcome,
    Ref,
    Symbol,
    Thing,
    Unknown,
    Value,
    World,
    reachable,
)
from mtlslint.model import CLIENT, Origin, Setting
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

INSTANCES = 8
"""Objects of a type that are remembered for its methods."""

PLAIN = 2
"""Those above which one is remembered only if it holds something of a library."""


def inside(span: Span, outer: Span) -> bool:
    """Whether a span lies within another."""
    return span.path == outer.path and outer.start <= span.start and span.end <= outer.end


def leave_behind(machine: Machine, world: World, value: Value) -> None:
    """What was made on this path and isn't used in sight is judged by itself."""
    visible = reachable(world, value)
    for number, (handle, before) in world.watched.items():
        thing = world.heap.get(handle)
        after = thing.settings if thing is not None else before
        changed = {name: one for name, one in after.items() if before.get(name) != one}
        machine.collector.watching.end(number, changed)
    if not machine.collector.testing:
        _remember(machine, world)
        share_sessions(machine, world)
    for handle, thing in list(world.heap.items()):
        _judge(machine, thing, handle, world, handle in visible)


def leave_off(machine: Machine, world: World) -> None:
    """Of what was too large to follow, what can't be changed any more holds all the same."""
    for handle, thing in world.heap.items():
        kind = machine.api.kinds.get(thing.kind)
        if kind is None or not kind.finished or thing.param or FAILED in thing.settings:
            continue
        if kind.side and not _is_used(machine, kind, thing):
            _leave(machine, kind, thing, handle, world)


def forget(machine: Machine, world: World, value: Value, before: set[Handle]) -> None:
    """Drop what was made since `before` and nothing leads to, once it is judged."""
    heap = world.heap
    made = [(n, thing) for n, thing in heap.items() if n not in before and not lasts(n)]
    idle = {n for n, thing in made if _is_idle(machine, thing, value, world)}
    if not idle:
        return
    kept = (thing for n, thing in heap.items() if n not in idle)
    roots = (part for thing in kept for part in thing.parts.values())
    dead = sorted(idle - reachable(world, value, *roots, within=idle))
    for handle in dead:
        _judge(machine, heap[handle], handle, world, visible=False)
    for handle in dead:
        del heap[handle]


def _is_idle(machine: Machine, thing: Thing, value: Value, world: World) -> bool:
    """Whether a thing can be forgotten if nothing leads to it: nobody will ask for it later."""
    if thing.path and machine.awaits(thing.path[-1]):
        return False  # It may be what a method is run on.
    if any(name.startswith(PREFIX) for name in thing.parts):
        return False  # Others may resume its sessions.
    kind = machine.api.kinds.get(thing.kind)
    if kind is None:
        return True
    if _asks_nothing(thing) and any(_unused(machine, one) for one in world.heap.values()):
        return False
    settled = not (kind.side or kind.meant) or _is_used(machine, kind, thing)
    return settled or not (machine.api.anchored or isinstance(value, Failed))


def _judge(machine: Machine, thing: Thing, handle: Handle, world: World, visible: bool) -> None:
    """Judge a thing as an endpoint of its own, or as what was meant for another."""
    kind = machine.api.kinds.get(thing.kind)
    if _unused(machine, thing) and (
        FAILED in thing.settings or not (visible or _is_held(world, handle))
    ):
        _ask_in_vain(machine, thing, world)
    if kind is None or FAILED in thing.settings or _is_used(machine, kind, thing):
        return
    settled = kind.finished or kind.fixed or not machine.collector.lends
    if visible and not settled:
        thing = unfinished(thing, thing.settings)
    if kind.side and (visible or thing.escaped or kind.finished or thing.param):
        _leave(machine, kind, thing, handle, world)


def _unused(machine: Machine, thing: Thing) -> bool:
    """Whether a thing was meant for a server and given to none, or couldn't be made."""
    if FAILED in thing.settings:
        return True
    kind = machine.api.kinds.get(thing.kind)
    if kind is None or not kind.meant or not thing.settings:
        return False
    return not (thing.escaped or thing.param or _is_used(machine, kind, thing))


def _is_held(world: World, handle: Handle) -> bool:
    """Whether an object of the program's own holds a thing: others may get it from there."""
    own = (part for one in world.heap.values() if one.path for part in one.parts.values())
    return handle in reachable(world, *own)


def _asks_nothing(thing: Thing) -> bool:
    auth = thing.settings.get("client_auth")
    return auth is not None and auth.value == "none"


def _is_written(thing: Thing) -> bool:
    auth = thing.settings.get("client_auth")
    return auth is not None and auth.origin is Origin.EXPLICIT


def _is_used(machine: Machine, kind: Kind, thing: Thing) -> bool:
    return machine.collector.is_used(thing.site, kind.opens is not None, _is_done(machine, kind))


def _is_done(machine: Machine, kind: Kind) -> bool:
    return kind.finished and not machine.api.anchored


def unfinished(thing: Thing, names: Container[str]) -> Thing:
    """Whoever is handed a thing may still set what of these settings nobody has set so far."""
    note = "whoever gets it may still set it"
    left = {
        name: one._replace(value=None, note=note)
        for name, one in thing.settings.items()
        if one.origin is Origin.DEFAULT and name in names
    }
    return thing.having(left)


def recover(machine: Machine) -> None:
    """What was handed to something that led to no endpoint is judged by itself; outermost first."""
    shown = machine.collector.shown()
    for site, thing in reversed(list(machine.collector.taken.items())):
        kind = machine.api.kinds.get(thing.kind)
        if kind is None or kind.meant or not kind.side or not thing.settings:
            continue
        spans = {setting.span for setting in thing.settings.values()}
        if spans.isdisjoint(shown):
            machine.collector.consumed.discard(site)
            name = _type_name(kind, thing)
            left = Opening(kind.side, site, name, _around(machine.program, site))
            machine.collector.leave(left, thing.settings)
            shown |= machine.collector.shown(site)


def _type_name(kind: Kind, thing: Thing) -> str:
    """Return what people call a thing: the type that made it, if it is one of its kind's."""
    names = [path.rpartition("::")[2] for path in kind.types]
    made = [part for part in thing.label.split("::") if part in names]
    return (made or names or [thing.label or kind.name])[0]


def _remember(machine: Machine, world: World) -> None:
    """Keep the program's own objects that hold something of interest, for their methods."""
    for number, thing in world.heap.items():
        if not thing.path:
            continue
        holds = bool(thing.kind) or any(world.thing(part) for part in thing.parts.values())
        if not holds and not _is_telling(machine, thing):
            continue
        key = machine.program.key(thing.path, machine.program.modules[0])
        made = machine.instances.setdefault(key, [])
        most = INSTANCES if holds else PLAIN
        if len(made) < most and not _is_known(made, world, Ref(number), holds):
            made.append((world, Ref(number)))
            made += _turned(machine, world, Ref(number))


def _turned(machine: Machine, world: World, value: Ref) -> list[Outcome]:
    """Return an object of which its switches aren't known: others may make it otherwise."""
    thing = world.heap[value.id]
    flags = outside.switches(classes.method_of(machine, thing, "__init__"))
    parts = {
        name: Unknown("a switch that callers may turn")
        for name, part in thing.parts.items()
        if name in flags and isinstance(part, Known)
    }
    if not parts:
        return []
    other = world.fork()
    other.heap[value.id] = thing._replace(parts={**thing.parts, **parts})
    return [(other, value)]


def _is_telling(machine: Machine, thing: Thing) -> bool:
    """Whether an object holds plain values that methods which matter may go by."""
    plain = any(isinstance(part, (Known, Symbol)) for part in thing.parts.values())
    return machine.api.anchored and plain and bool(machine.relevance.methods_of(thing.path[-1]))


def _is_known(made: list[Outcome], world: World, value: Ref, holds: bool) -> bool:
    """Whether an object is like one that is remembered; of plain values only these count."""
    if holds:
        whole = _whole(world, value)
        return any(_whole(one, other) == whole for one, other in made)
    parts = world.heap[value.id].parts
    found = (one.thing(other) for one, other in made)
    return any(thing is not None and thing.parts == parts for thing in found)


def _whole(world: World, value: Value) -> dict[Handle, Thing]:
    """Return an object with all that it leads to."""
    return {n: world.heap[n] for n in reachable(world, value) if n in world.heap}


def _leave(machine: Machine, kind: Kind, thing: Thing, handle: Handle, world: World) -> None:
    if not thing.settings and (thing.param or kind.side == CLIENT):
        return
    name = _type_name(kind, thing)
    function = _around(machine.program, thing.site)
    machine.collector.number = handle[1] if isinstance(handle, tuple) else 0
    if kind.opens is not None:
        if kind.at_once:
            return
        call = Call(thing.site, thing.label or name, Ref(handle))
        machine.enter(machine.program.modules[0], function)
        opening.open_endpoint(machine, kind.opens, call, Ref(handle), world, done=True)
        machine.leave()
        return
    left = Opening(kind.side, thing.site, name, function)
    thing = unfinished(thing, kind.later)
    machine.collector.leave(left, thing.settings, _is_done(machine, kind))


def _around(program: Program, span: Span) -> Function | None:
    """Return the innermost function around a place."""
    found: Function | None = None
    for function in program.by_file.get(span.path, ()):
        whole = Span(function.span.path, function.span.start, function.body.span.end)
        if inside(span, whole) and (found is None or function.span.start > found.span.start):
            found = function
    return found


def _ask_in_vain(machine: Machine, dropped: Thing, world: World) -> None:
    """A verifier is built and dropped, and a server of the same path asks for no certificate."""
    # That something is used on other paths is an operator's choice, a failure is nobody's; who
    # asked for nothing before isn't affected.
    failed = dropped.settings.get(FAILED)
    site = dropped.site if failed is None else None
    verifies = bool(machine.api.kinds[dropped.kind].side)
    for thing in world.heap.values():
        # A mere store may be for something else: it says something where nobody is to be asked.
        said = verifies or _is_written(thing)
        if _asks_nothing(thing) and said and not _ran(thing, failed):
            machine.collector.ask_in_vain(thing.settings["client_auth"], site, dropped.site)


def _ran(thing: Thing, failed: Setting | None) -> bool:
    return failed is not None and thing.settings["client_auth"].span in failed.via
