"""What was made on a path and isn't used in sight: it is judged by itself."""

from __future__ import annotations

from mtlslint.code.api import Kind
from mtlslint.code.collect import Opening
from mtlslint.code.evaluate import FAILED, Frame, Machine
from mtlslint.code.ir import Function
from mtlslint.code.opening import open_endpoint
from mtlslint.code.program import Program
from mtlslint.code.rows import Call
from mtlslint.code.sessions import share_sessions
from mtlslint.code.values import Handle, Items, Ref, Thing, Value, World, bare
from mtlslint.model import CLIENT, Origin
from mtlslint.source import Span


def inside(span: Span, outer: Span) -> bool:
    """Whether a span lies within another."""
    return span.path == outer.path and outer.start <= span.start and span.end <= outer.end


def leave_behind(machine: Machine, world: World, value: Value) -> None:
    """What was made on this path and isn't used in sight is judged by itself."""
    visible = reachable(value, world)
    if not machine.collector.testing:
        _remember(machine, world)
        share_sessions(machine, world)
    dropped: list[Thing] = []
    for number, thing in list(world.heap.items()):
        kind = machine.api.kinds.get(thing.kind)
        if FAILED in thing.settings:
            dropped.append(thing)
            continue
        if kind is None or _is_used(machine, kind, thing):
            continue
        if kind.meant and number not in visible and not (thing.escaped or thing.param):
            dropped.append(thing)
        if not kind.side:
            continue
        leaves = number in visible or thing.escaped
        settled = kind.finished or kind.fixed or machine.api.anchored
        if number in visible and not settled:
            thing = unfinished(thing)
        if leaves or kind.finished or thing.param:
            _leave(machine, kind, thing, Ref(number), world)
    for thing in dropped:
        _ask_in_vain(machine, thing, world)


def _is_used(machine: Machine, kind: Kind, thing: Thing) -> bool:
    return machine.collector.is_used(thing.site, kind.opens is not None, _is_done(machine, kind))


def _is_done(machine: Machine, kind: Kind) -> bool:
    return kind.finished and not machine.api.anchored


def unfinished(thing: Thing) -> Thing:
    """Whoever is handed a builder may still set what nobody has set so far."""
    note = "whoever gets it may still set it"
    left = {
        name: one._replace(value=None, note=note)
        for name, one in thing.settings.items()
        if one.origin is Origin.DEFAULT
    }
    return thing.having(left)


def recover(machine: Machine) -> None:
    """What was handed to something that led to no endpoint is judged by itself; outermost first."""
    for site, thing in reversed(list(machine.collector.taken.items())):
        kind = machine.api.kinds.get(thing.kind)
        if kind is None or kind.meant or not kind.side or not thing.settings:
            continue
        spans = {setting.span for setting in thing.settings.values()}
        if spans.isdisjoint(machine.collector.shown()):
            machine.collector.consumed.discard(site)
            machine.collector.leave(
                Opening(kind.side, site, _type_name(kind), _around(machine.program, site)),
                thing.settings,
            )


def _type_name(kind: Kind) -> str:
    return kind.types[0].rpartition("::")[2] if kind.types else kind.name


def _remember(machine: Machine, world: World) -> None:
    """Keep the program's own objects that hold something of interest, for their methods."""
    for number, thing in world.heap.items():
        holds = thing.kind or any(world.thing(part) for part in thing.parts.values())
        if not thing.path or not holds:
            continue
        made = machine.instances.setdefault(thing.path[-1], [])
        known = any(w.heap[v.id] == thing for w, v in made if isinstance(v, Ref))
        if not known and len(made) < 8:
            made.append((world, Ref(number)))


def _leave(machine: Machine, kind: Kind, thing: Thing, value: Ref, world: World) -> None:
    if not thing.settings and (thing.param or kind.side == CLIENT):
        return
    name = _type_name(kind)
    function = _around(machine.program, thing.site)
    machine.collector.number = value.id[1] if isinstance(value.id, tuple) else 0
    if kind.opens is not None:
        if kind.at_once:
            return
        call = Call(thing.site, thing.label or name, value)
        machine.frames = [Frame(machine.program.modules[0], function)]
        open_endpoint(machine, kind.opens, call, value, world, done=True)
        machine.frames.clear()
        return
    opening = Opening(kind.side, thing.site, name, function)
    machine.collector.leave(opening, thing.settings, _is_done(machine, kind))


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
    if not dropped.settings:
        return
    # That something is used on other paths is an operator's choice, a failure is nobody's.
    site = dropped.site if FAILED not in dropped.settings else None
    for thing in world.heap.values():
        auth = thing.settings.get("client_auth")
        if auth is not None and auth.value == "none":
            machine.collector.ask_in_vain(auth, site, dropped.site)


def reachable(value: Value, world: World) -> set[Handle]:
    """Return the numbers of all things that a value leads to."""
    found: set[Handle] = set()
    waiting: list[Value] = [value]
    while waiting:
        one = bare(waiting.pop())
        if isinstance(one, Items):
            waiting.extend(one.items)
        if isinstance(one, Ref) and one.id not in found:
            found.add(one.id)
            waiting.extend(world.heap[one.id].parts.values())
    return found
