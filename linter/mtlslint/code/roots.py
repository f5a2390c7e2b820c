"""Runs a function of which no caller is in sight: on which objects, and with which arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import classes, setters
from mtlslint.code.chain import typed
from mtlslint.code.ir import Capture, Node
from mtlslint.code.items import Function, Module
from mtlslint.code.leaving import INSTANCES, unfinished
from mtlslint.code.outside import Given
from mtlslint.code.patterns import fit
from mtlslint.code.running import in_frame
from mtlslint.code.values import NOTHING, Outcome, Ref, Unknown, Value, World, reachable

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

SELF = Capture("self")
NOTHING_GIVEN: Given = {}


def run_root(
    machine: Machine, module: Module, function: Function, given: Given = NOTHING_GIVEN
) -> list[Outcome]:
    """Run a function of which no caller is in sight.

    Each object of a method has its own steps, but a long method isn't run anew for all of them.
    """
    outcomes: list[Outcome] = []
    spent = 0
    for world, own in _selves(machine, function):
        if machine.api.anchored and spent <= machine.limit:
            machine.steps = 0
        before = machine.steps
        outcomes += _run_once(machine, module, function, world, own, given)
        spent += machine.steps - before
    return outcomes


def _selves(machine: Machine, function: Function) -> list[tuple[World, Value | None]]:
    """Return the objects a method may be called on, as they were when made, at most eight."""
    first = function.params[0] if function.params else None
    key = machine.program.key(function.owner, machine.frame.module) if function.owner else ()
    made = machine.instances.get(key, [])
    if first is None or first.pattern != SELF or not made or function.bound == "init":
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
    machine: Machine,
    module: Module,
    function: Function,
    world: World,
    own: Value | None,
    given: Given,
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
        if isinstance(param.pattern, Capture) and param.pattern.name in given:
            value = _evaluated(machine, given[param.pattern.name], value, world)
        env.update(fit(param.pattern, value, world, machine.api.variants)[1])
    machine.active.append(id(function))
    outcomes: list[Outcome] = []
    for before, exists in machine.exists(function, world):
        if exists:
            outcomes += in_frame(machine, module, function, env, function.body, before)
    machine.active.pop()
    return outcomes


def _evaluated(machine: Machine, node: Node, otherwise: Value, world: World) -> Value:
    outcomes = machine.evaluate(node, world)
    return outcomes[0][1] if len(outcomes) == 1 else otherwise
