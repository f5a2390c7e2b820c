"""Runs a whole crate or package: every function once, from its callers where they are in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from mtlslint.code import classes, modules, setters
from mtlslint.code.api import Api
from mtlslint.code.chain import typed
from mtlslint.code.collect import Collector
from mtlslint.code.evaluate import ExhaustedError, Machine
from mtlslint.code.ir import Capture, Literal, Name, Node
from mtlslint.code.items import Function, Module
from mtlslint.code.leaving import INSTANCES, inside, leave_behind, leave_off, recover, unfinished
from mtlslint.code.patterns import fit
from mtlslint.code.program import Program
from mtlslint.code.relevance import Relevance
from mtlslint.code.running import in_frame
from mtlslint.code.values import (
    NOTHING,
    Failed,
    Outcome,
    Ref,
    Unknown,
    Value,
    World,
    reachable,
)
from mtlslint.model import Setting, State
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
    are, in as many ways as it does. `renames`: by which names a crate knows others,
    `forks`: which libraries it takes from elsewhere than others do.
    """

    api: Api
    judge: Judge
    serves_nothing: Refusal
    is_test_path: Callable[[str], bool]
    identities: Identities = lambda *_: ()
    renames: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    forks: Mapping[str, frozenset[str]] = field(default_factory=dict)


def start(program: Program, language: Language, targets: Targets) -> Machine:
    """Return a machine that has run the whole program."""
    ranges: dict[str, list[Span]] = {}
    for _, one in program.everything:
        if one.test:
            span = Span(one.span.path, one.span.start, one.body.span.end)
            ranges.setdefault(span.path, []).append(span)

    whole = {module.path for module in program.modules if module.test}

    def is_test(span: Span) -> bool:
        known = language.is_test_path(span.path) or span.path in whole
        return known or any(inside(span, one) for one in ranges.get(span.path, ()))

    # What a copy learns of paths goes when the program goes.
    apis = {"": replace(language.api)}
    for crate, renames in language.renames.items():
        forks = language.forks.get(crate, frozenset())
        apis[crate] = replace(language.api, renames=renames, forks=forks)
    machine = Machine(
        apis=apis,
        program=program,
        collector=Collector(is_test),
        targets=targets,
        judge=language.judge,
        relevance=Relevance(program, apis),
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
        recover(machine)
    machine.collector.testing = True
    for module, function in program.everything:
        if function.test:
            _run(machine, module, function)
    machine.collector.testing = False
    return machine


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
    mark = len(machine.reached)
    machine.begin(module)
    machine.collector.root = function.span
    machine.collector.lends = function.public and machine.program.is_library(module)
    outcomes, exhausted = _attempt(machine, module, function)
    if exhausted:
        machine.take_back(mark)
    if exhausted and not machine.api.anchored:
        outcomes, exhausted = _attempt_narrowly(machine, module, function)
    ends = [(world, value) for world, value in outcomes if not isinstance(value, Failed)]
    if not ends and (exhausted or not machine.abandoned):
        # Nothing is known of what it called: that is run on its own later.
        machine.take_back(mark)
        for called in _called_in(machine, module, function) if exhausted else ():
            machine.reached.pop(called, None)
        machine.summaries.clear()
    for world in machine.left_off if exhausted else ():
        leave_off(machine, world)
    machine.reached[id(function)] = None
    ends += [(world, NOTHING) for world in machine.abandoned]
    machine.abandoned.clear()
    for world, value in ends:
        leave_behind(machine, world, value)
    machine.collector.finish()


def _attempt(machine: Machine, module: Module, function: Function) -> tuple[list[Outcome], bool]:
    """Run a function; return what comes of it, and whether it was too large to follow."""
    try:
        return run_root(machine, module, function), False
    except ExhaustedError:
        machine.collector.cut = True
        return [], True
    finally:
        machine.frames.clear()
        machine.active.clear()
        machine.calls.clear()


def _attempt_narrowly(
    machine: Machine, module: Module, function: Function
) -> tuple[list[Outcome], bool]:
    """Follow few paths through what has too many."""
    machine.abandoned.clear()
    lends = machine.collector.lends
    machine.begin(module)
    machine.collector.lends = lends
    machine.narrow = True
    try:
        return _attempt(machine, module, function)
    finally:
        machine.narrow = False
        machine.collector.cut = True
        machine.summaries.clear()


def _called_in(machine: Machine, module: Module, function: Function) -> set[int]:
    """Return the functions that a function calls by their paths.

    Others may call them too, but who was given up may have had other arguments for them.
    """
    program = machine.program
    paths = {one.path for one in program.nodes(function.body).get(Name, ())}
    return {id(one) for path in paths for one in program.functions(path, module)}


def _run_module(machine: Machine, module: Module) -> None:
    mark = len(machine.reached)
    machine.begin(module)
    machine.collector.root, machine.collector.lends = None, False
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
        machine.take_back(mark)
    machine.loaded[module.path] = worlds[:2]
    for world in worlds:
        leave_behind(machine, world, modules.reference(module))
    machine.collector.finish()


def _run_constant(machine: Machine, module: Module, node: Node) -> None:
    machine.begin(module)
    machine.collector.lends = False
    try:
        outcomes = in_frame(machine, module, None, {}, node, World())
    except ExhaustedError:
        machine.collector.cut = True
        return
    finally:
        machine.frames.clear()
        machine.active.clear()
    for world, value in outcomes:
        leave_behind(machine, world, value)
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
    key = machine.program.key(function.owner, machine.frame.module) if function.owner else ()
    made = machine.instances.get(key, [])
    if first is None or first.pattern != _SELF or not made:
        worlds = [world.fork() for world in machine.loaded.get(machine.frame.module.path, ())]
        return [
            pair
            for world in worlds or [World()]
            for pair in (_stranger(machine, function, world) or [(world, None)])
        ]
    if machine.api.anchored:
        return [(_later(world.fork(), value), value) for world, value in made]
    lent = classes.lends(machine, function.owner, "DerefMut")
    worlds = [_open(machine, world.fork(), value, lent) for world, value in made]
    cut = len(made) >= INSTANCES
    for world, (_, value) in zip(worlds, made, strict=True):
        setters.forget_set(machine, function, value, world, cut)
        if machine.collector.lends:
            setters.forget_switches(machine, world)
    return [(world, value) for world, (_, value) in zip(worlds, made, strict=True)]


def _open(machine: Machine, world: World, value: Value, lent: bool) -> World:
    """Of what anyone may change, only what is written is known."""
    for handle in reachable(world, value) if lent else ():
        thing = world.heap[handle]
        kind = machine.api.kinds.get(thing.kind)
        if kind is not None and not kind.finished:
            world.heap[handle] = unfinished(thing, thing.settings)
    return world


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
    # What was open where its object was last seen may have been opened by this very function.
    world.env, world.assumed, world.opened = {}, {}, frozenset()
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
