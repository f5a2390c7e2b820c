"""Runs a whole crate or package: every function once, from its callers where they are in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mtlslint.code import classes, modules
from mtlslint.code.api import Api, Kind
from mtlslint.code.chain import typed
from mtlslint.code.collect import Collector, Opening
from mtlslint.code.evaluate import ExhaustedError, Frame, Machine
from mtlslint.code.ir import Capture, Function, Literal, Module, Node
from mtlslint.code.opening import open_endpoint
from mtlslint.code.patterns import fit
from mtlslint.code.program import Program
from mtlslint.code.relevance import Relevance
from mtlslint.code.rows import Call
from mtlslint.code.running import in_frame
from mtlslint.code.sessions import share_sessions
from mtlslint.code.values import (
    NOTHING,
    Failed,
    Handle,
    Items,
    Outcome,
    Ref,
    Thing,
    Unknown,
    Value,
    World,
    bare,
)
from mtlslint.model import Origin, Setting, State
from mtlslint.source import Span
from mtlslint.targets import Targets

Judge = Callable[[Machine, Value, str, World], State | None]
Refusal = Callable[[Machine, Value | None, World], bool]
Identities = Callable[[Machine, Value | None, World], tuple[Setting, ...]]


@dataclass(frozen=True)
class Language:
    """What a language adds to the evaluator: its rows, and judgements its data can't express.

    `judge` says what a type of the program that implements a library's trait decides.
    `serves_nothing` says whether what is served only redirects or refuses. `is_test_path` says
    whether a whole file is test code. `identities` says how what is served tells who its clients
    are, in as many ways as it does.
    """

    api: Api
    judge: Judge
    serves_nothing: Refusal
    is_test_path: Callable[[str], bool]
    identities: Identities = lambda *_: ()


def start(program: Program, language: Language, targets: Targets) -> Machine:
    """Return a machine that has run the whole program."""
    ranges = [
        Span(function.span.path, function.span.start, function.body.span.end)
        for _, function in program.everything
        if function.test
    ]

    def is_test(span: Span) -> bool:
        return language.is_test_path(span.path) or any(_inside(span, one) for one in ranges)

    machine = Machine(
        api=language.api,
        program=program,
        collector=Collector(is_test),
        targets=targets,
        judge=language.judge,
        relevance=Relevance(program, language.api),
        refusal=language.serves_nothing,
        identities=language.identities,
    )
    machine.collector.strays = language.api.anchored
    for module in program.modules:
        if module.body is not None:
            _run_module(machine, module)
    for module, function in _ordered(machine, program):
        if function.test:
            continue
        _run(machine, module, function)
    for module in program.modules:
        for node in module.constants.values():
            if not isinstance(node, Literal):
                _run_constant(machine, module, node)
    if not language.api.anchored:
        _recover(machine)
    machine.collector.testing = True
    for module, function in program.everything:
        if function.test:
            _run(machine, module, function)
    machine.collector.testing = False
    return machine


def _inside(span: Span, outer: Span) -> bool:
    return span.path == outer.path and outer.start <= span.start and span.end <= outer.end


def _ordered(machine: Machine, program: Program) -> list[tuple[Module, Function]]:
    """Uncalled functions first: the others are then reached with the arguments they get."""
    mentions = machine.relevance.mentions
    called: set[str] = set()
    for _, function in program.everything:
        if not function.test:
            called |= mentions[id(function)] - {function.name}
    return sorted(program.everything, key=lambda one: _turn(one[1], called))


def _turn(function: Function, called: set[str]) -> int:
    """Methods come after what makes the objects they are called on."""
    if function.bound == "init":
        return 3 if function.owner[-1] in called else 1
    return 2 * _order(function, called)


def _order(function: Function, called: set[str]) -> int:
    method = bool(function.params) and function.params[0].pattern == _SELF
    if not method and function.owner and function.returns[-1:] == function.owner[-1:]:
        return 1 if function.name in called else 0
    return (3 if method else 2) if function.name in called else (1 if method else 0)


_SELF = Capture("self")


def _run(machine: Machine, module: Module, function: Function) -> None:
    if id(function) in machine.reached or id(function) not in machine.relevance.relevant:
        return
    before = set(machine.reached)
    machine.begin(module)
    machine.collector.root = function.span
    outcomes: list[Outcome] = []
    try:
        outcomes = run_root(machine, module, function)
    except ExhaustedError:
        machine.collector.cut = True
        if machine.api.anchored:
            machine.reached = before
    finally:
        machine.frames.clear()
        machine.active.clear()
    ends = [(world, value) for world, value in outcomes if not isinstance(value, Failed)]
    if not ends:
        # Nothing is known of what it called: that is run on its own later.
        machine.reached = before
    machine.reached.add(id(function))
    ends += [(world, NOTHING) for world in machine.abandoned]
    machine.abandoned.clear()
    for world, value in ends:
        _leave_behind(machine, world, value)
    machine.collector.finish()


def _run_module(machine: Machine, module: Module) -> None:
    before = set(machine.reached)
    machine.begin(module)
    machine.collector.root = None
    worlds: list[World] = []
    try:
        worlds = modules.load(machine, module, World())
    except ExhaustedError:
        machine.collector.cut = True
    finally:
        machine.frames.clear()
        machine.active.clear()
    if not worlds:
        # Nothing is known of what it called: that is run on its own later.
        machine.reached = before
    machine.loaded[module.path] = worlds[:2]
    for world in worlds:
        _leave_behind(machine, world, modules.reference(module))
    machine.collector.finish()


def _run_constant(machine: Machine, module: Module, node: Node) -> None:
    machine.begin(module)
    try:
        outcomes = in_frame(machine, module, None, {}, node, World())
    except ExhaustedError:
        machine.collector.cut = True
        return
    finally:
        machine.frames.clear()
        machine.active.clear()
    for world, value in outcomes:
        _leave_behind(machine, world, value)
    machine.collector.finish()


def run_root(machine: Machine, module: Module, function: Function) -> list[Outcome]:
    """Run a function of which no caller is in sight."""
    outcomes: list[Outcome] = []
    for world, own in _selves(machine, function):
        outcomes += _run_once(machine, module, function, world, own)
    return outcomes


def _selves(machine: Machine, function: Function) -> list[tuple[World, Value | None]]:
    """Return the objects a method may be called on, as they were when made, at most eight."""
    first = function.params[0] if function.params else None
    made = machine.instances.get(function.owner[-1], []) if function.owner else []
    if first is None or first.pattern != _SELF or not made:
        worlds = [world.fork() for world in machine.loaded.get(machine.frame.module.path, ())]
        return [
            pair
            for world in worlds or [World()]
            for pair in (_stranger(machine, function, world) or [(world, None)])
        ]
    if machine.api.anchored:
        return [(_later(world.fork(), value), value) for world, value in made[:8]]
    return [(world.fork(), value) for world, value in made[:8]]


def _later(world: World, value: Value) -> World:
    """What an object lacks when it is made it may have when its method is called."""
    thing = world.thing(value)
    if thing is not None:
        for name, part in thing.parts.items():
            if part == NOTHING:
                thing = thing.part(name, Unknown("set later"))
        world.update(value, thing)
    return world


def _stranger(
    machine: Machine, function: Function, world: World
) -> list[tuple[World, Value | None]]:
    machine.active.append(id(function))
    made = classes.fresh(machine, function, world)
    machine.active.pop()
    init = function.bound == "init"
    return [(after if init else _later(after, value), value) for after, value in made]


def _run_once(
    machine: Machine, module: Module, function: Function, world: World, own: Value | None
) -> list[Outcome]:
    world.env, world.assumed = {}, {}
    env: dict[str, Value] = {}
    for index, param in enumerate(function.params):
        if index == 0 and own is not None:
            env.update(fit(param.pattern, own, world, machine.api.variants)[1])
            continue
        value: Value = Unknown(f"parameter {index + 1} of `{function.name}`", index=index)
        if param.declared:
            made = typed(machine, param.declared, function.span, world)
            note = f"parameter {index + 1} of `{function.name}`"
            value = made if isinstance(made, Ref) else Unknown(note, param.declared, index)
        env.update(fit(param.pattern, value, world, machine.api.variants)[1])
    machine.active.append(id(function))
    outcomes: list[Outcome] = []
    for before, exists in machine.exists(function, world):
        if exists:
            outcomes += in_frame(machine, module, function, env, function.body, before)
    machine.active.pop()
    return outcomes


def _leave_behind(machine: Machine, world: World, value: Value) -> None:
    """What was made on this path and isn't used in sight is judged by itself."""
    visible = reachable(value, world)
    if not machine.collector.testing:
        _remember(machine, world)
        share_sessions(machine, world)
    dropped: list[Thing] = []
    for number, thing in list(world.heap.items()):
        kind = machine.api.kinds.get(thing.kind)
        if kind is None or _is_used(machine, kind, thing):
            continue
        if kind.meant and number not in visible and not (thing.escaped or thing.param):
            dropped.append(thing)
        if not kind.side:
            continue
        leaves = number in visible or thing.escaped
        if number in visible and not kind.finished and not machine.api.anchored:
            thing = _unfinished(thing)
        if leaves or kind.finished or thing.param:
            _leave(machine, kind, thing, Ref(number), world)
    for thing in dropped:
        _ask_in_vain(machine, thing, world)


def _is_used(machine: Machine, kind: Kind, thing: Thing) -> bool:
    return machine.collector.is_used(thing.site, kind.opens is not None, _is_done(machine, kind))


def _is_done(machine: Machine, kind: Kind) -> bool:
    return kind.finished and not machine.api.anchored


def _unfinished(thing: Thing) -> Thing:
    """Whoever is handed a builder may still set what nobody has set so far."""
    note = "whoever gets it may still set it"
    left = {
        name: one._replace(value=None, note=note)
        for name, one in thing.settings.items()
        if one.origin is Origin.DEFAULT
    }
    return thing.having(left)


def _recover(machine: Machine) -> None:
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
    if thing.param and not thing.settings:
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
        if _inside(span, whole) and (found is None or function.span.start > found.span.start):
            found = function
    return found


def _ask_in_vain(machine: Machine, dropped: Thing, world: World) -> None:
    """A verifier is built and dropped, and a server of the same path asks for no certificate."""
    if not dropped.settings:
        return
    for thing in world.heap.values():
        auth = thing.settings.get("client_auth")
        if auth is not None and auth.value == "none":
            asked = Setting("asked", auth.span, via=(dropped.site,), note="built and not used")
            machine.collector.asked[auth.span] = (dropped.site, asked)


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
