"""Runs the program's own functions and closures, each in variables of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from mtlslint.code import binding, escaping, leaving, setters, summaries
from mtlslint.code.ir import Node
from mtlslint.code.items import Function, Module
from mtlslint.code.merge import as_one
from mtlslint.code.patterns import fit
from mtlslint.code.summaries import leads_away
from mtlslint.code.values import (
    Failed,
    Items,
    Lambda,
    Outcome,
    Present,
    Ref,
    Routine,
    Unknown,
    Value,
    World,
    bare,
)

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


def run(
    machine: Machine,
    callee: Lambda | Routine,
    values: tuple[Value, ...],
    world: World,
    keywords: Mapping[str, Value] | None = None,
) -> list[Outcome]:
    """Run a closure or function with these arguments."""
    if isinstance(callee, Routine):
        return run_functions(machine, callee.functions, values, world, keywords)
    if machine.is_too_deep(id(callee.closure)):
        return [(world, Unknown("nested too deeply"))]
    env = dict(callee.env)
    for index, pattern in enumerate(callee.closure.params):
        value = values[index] if index < len(values) else Unknown("parameter", index=index)
        env.update(fit(pattern, value, world, machine.api.variants)[1])
    env |= {name: value for name, value in (keywords or {}).items() if name in env}
    machine.reached[id(callee.closure.body)] = None
    machine.active.append(id(callee.closure))
    try:
        frame = machine.frame
        return in_frame(machine, frame.module, frame.function, env, callee.closure.body, world)
    finally:
        machine.active.pop()


def run_functions(
    machine: Machine,
    functions: tuple[Function, ...],
    values: tuple[Value, ...],
    world: World,
    keywords: Mapping[str, Value] | None = None,
) -> list[Outcome]:
    """Run the function, or each of its build-time twins where it exists."""
    outcomes: list[Outcome] = []
    rest = [world]
    for function in functions:
        left: list[World] = []
        for before in rest:
            for after, exists in machine.exists(function, before):
                if exists:
                    outcomes += _run_function(machine, function, values, after, keywords or {})
                else:
                    left.append(after)
        rest = left
    return _settled(machine, functions[-1] if functions else None, values, outcomes)


def _settled(
    machine: Machine,
    function: Function | None,
    values: tuple[Value, ...],
    outcomes: list[Outcome],
) -> list[Outcome]:
    """Merge outcomes; an object that is being made counts, though no caller's variable holds it."""
    if function is None or function.bound not in ("init", "shared"):
        return machine.settle(outcomes)
    kept = [(world, (value, *values[:1])) for world, value in outcomes]
    return [(world, both[0]) for world, both in machine.settle(kept)]


def _run_function(
    machine: Machine,
    function: Function,
    values: tuple[Value, ...],
    world: World,
    keywords: Mapping[str, Value],
) -> list[Outcome]:
    given = (*values, *keywords.values())
    if machine.is_too_deep(id(function)):
        for value in () if machine.api.anchored else given:
            escaping.escape(machine, value, world, function.name, function.span)
        return [(world, Unknown(f"`{function.name}` calls itself"))]
    if machine.api.anchored and machine.steps > machine.limit // 2:
        # What is left is for the function itself; what it calls is run on its own later.
        for value in given:
            escaping.escape(machine, value, world)
        return [(world, _result_of(function))]
    handed = given[1:] if machine.api.anchored and function.owner else given
    heavy = id(function) in machine.heavy
    tested = machine.collector.testing and not function.test and not machine.api.anchored
    idle = machine.api.vocabulary.routers if tested else frozenset[str]()
    if not heavy and (_matters(machine, function) or concerns(machine, handed, world, idle)):
        _lend(machine, function, values, world)
        return _remembered(machine, function, values, world, keywords)
    deep = len(machine.frames) > machine.api.plain_depth and function.bound != "shared"
    if heavy or not machine.relevance.is_small(function) or deep:
        for value in given:
            escaping.escape(machine, value, world)
        return [(world, _result_of(function))]
    return _plain(machine, function, values, world, keywords)


def _lend(machine: Machine, function: Function, values: tuple[Value, ...], world: World) -> None:
    """Run what a library's users may call with what they may set; its callers don't see that."""
    if machine.api.anchored or id(function) in machine.lent or machine.collector.testing:
        return
    if not function.public or not machine.program.is_library(
        machine.program.module_of[id(function)]
    ):
        return
    other = setters.as_of_strangers(machine, values, world)
    if other is not None:
        machine.lent.add(id(function))
        machine.abandoned += [one for one, _ in _enter(machine, function, values, other, {})]


def _matters(machine: Machine, function: Function) -> bool:
    """Whether a function may tell something: to tests, others than tests only by what they give.

    What is served by a test is nobody's concern, only how.
    """
    if id(function) not in machine.relevance.relevant:
        return False
    if machine.api.anchored or function.test or not machine.collector.testing:
        return True
    module = machine.program.module_of[id(function)]
    returns = machine.program.meaning(function.returns, module) if function.returns else ()
    kind = machine.api.kind_of_type(returns)
    return kind is not None and kind.name not in machine.api.vocabulary.routers


def _remembered(
    machine: Machine,
    function: Function,
    values: tuple[Value, ...],
    world: World,
    keywords: Mapping[str, Value],
    plain: bool = False,
) -> list[Outcome]:
    """Run a function, or recall what came of it; `plain`: only what it returns is asked for."""
    run = _return_of if plain else _enter
    before = summaries.begin(machine, function, values, world, plain)
    if before is None:
        return run(machine, function, values, world, keywords)
    outcomes = summaries.recall(machine, before, world)
    if outcomes is None:
        machine.collector.cut = False
        outcomes = run(machine, function, values, world, keywords)
        summaries.remember(machine, before, outcomes)
    return outcomes


def _result_of(function: Function) -> Unknown:
    return Unknown(f"result of `{function.name}`", function.returns)


def _plain(
    machine: Machine,
    function: Function,
    values: tuple[Value, ...],
    world: World,
    keywords: Mapping[str, Value],
) -> list[Outcome]:
    """Run a function that deals with no library, for what it returns."""
    given = (*values, *keywords.values())
    alone = not any(map(leads_away, given))
    key = (id(function), tuple(keywords), given)
    known = machine.results.get(key) if alone and world.rests is None else None
    if known is not None:
        return [(world, known)]
    outcomes = _remembered(machine, function, values, world, keywords, plain=True)
    if alone and outcomes and not leads_away(outcomes[0][1]):
        machine.results[key] = outcomes[0][1]
    return outcomes


def _return_of(
    machine: Machine,
    function: Function,
    values: tuple[Value, ...],
    world: World,
    keywords: Mapping[str, Value],
) -> list[Outcome]:
    """Return what a function returns: one thing, of which may be unknown what differs."""
    outcomes = _enter(machine, function, values, world.fork(), keywords)
    if len(outcomes) > 1 and world.rests is None and not machine.api.anchored:
        outcomes = as_one([one for one in outcomes if not isinstance(one[1], Failed)] or outcomes)
    if len(outcomes) > 1:
        return [(world, _result_of(function))]
    return [(after, _typed(function, value)) for after, value in outcomes]


def _typed(function: Function, value: Value) -> Value:
    """Return a value of which at least the type is known that its function declares."""
    if isinstance(value, Unknown) and not value.declared:
        return replace(value, declared=function.returns)
    return value


def _enter(
    machine: Machine,
    function: Function,
    values: tuple[Value, ...],
    world: World,
    keywords: Mapping[str, Value],
) -> list[Outcome]:
    machine.reached[id(function)] = None
    module = machine.program.module_of[id(function)]
    env = binding.bind(machine, function, values, keywords, world)
    machine.active.append(id(function))
    machine.calls.append((id(function), machine.steps))
    try:
        return in_frame(machine, module, function, env, function.body, world)
    finally:
        machine.active.pop()
        machine.calls.pop()


def concerns(
    machine: Machine,
    values: tuple[Value, ...],
    world: World,
    idle: frozenset[str] = frozenset(),
) -> bool:
    """Whether an argument leads to a thing of a library, of no `idle` kind, or is a closure."""
    waiting, seen = [bare(value) for value in values], set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, Lambda):
            return True
        if isinstance(value, Items):
            waiting.extend(bare(item) for item in value.items)
        thing = world.thing(value)
        if thing is not None and isinstance(value, Ref) and value.id not in seen:
            seen.add(value.id)
            if thing.kind and not thing.param and thing.kind not in idle:
                return True
            waiting.extend(bare(part) for part in thing.parts.values())
    return False


def in_frame(
    machine: Machine,
    module: Module,
    function: Function | None,
    env: dict[str, Value],
    body: Node,
    world: World,
) -> list[Outcome]:
    """Evaluate a body in variables of its own; the caller's are as before afterwards."""
    held = tuple(islice(env.values(), 1))
    before = set(world.heap)
    outer, assumed = world.env, world.assumed
    world.env, world.assumed = env, {}
    frame = machine.enter(module, function)
    frame.assumed = assumed
    try:
        outcomes = machine.evaluate(body, world) + frame.returns
    finally:
        machine.leave()
    found: list[Outcome] = []
    for after, value in outcomes:
        after.env, after.assumed = dict(outer), dict(assumed)
        if frame.may_fail and isinstance(value, Present):
            value = value.value
        if len(after.heap) > len(before):
            leaving.forget(machine, after, value, before)
        found.append((after, value))
    return _settled(machine, function, held, found)
