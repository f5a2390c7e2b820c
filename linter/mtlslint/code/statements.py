"""Evaluates statements and choices: what forks worlds, ends paths and binds names."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mtlslint.code import chain, ir
from mtlslint.code.conditions import assumption, truth
from mtlslint.code.operators import operate
from mtlslint.code.patterns import names_bound, names_in
from mtlslint.code.values import (
    NOTHING,
    UNIT,
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
    element,
)
from mtlslint.code.verdicts import ASKED, OWN

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


def _choice(machine: Machine, node: ir.Choice, world: World) -> list[Outcome]:
    outcomes: list[Outcome] = []
    handles = set(world.heap)
    rests, left = world.rests, (len(machine.frame.returns), machine.failures)
    subjects = machine.evaluate(node.subject, world) if node.subject else [(world, NOTHING)]
    for before, subject in subjects:
        rest = [before]
        outer = dict(before.env)
        for arm in node.arms:
            rest = _try_arm(machine, node, arm, subject, rest, outcomes, outer)
            if not rest:
                break
        if node.subject is None:
            outcomes += [(world, UNIT) for world in rest]
    outcomes = machine.settle(_as_one(machine, outcomes, handles))
    if rests is not None and len(outcomes) == 1:
        after = outcomes[0][0]
        if after.rests and left == (len(machine.frame.returns), machine.failures):
            # It went the same way whatever the answer.
            after.rests -= {ASKED, OWN} - rests
    return outcomes


def _as_one(machine: Machine, outcomes: list[Outcome], before: set[Handle]) -> list[Outcome]:
    """What the arms of a choice make instead of each other is one thing in several states."""
    made: dict[str, list[tuple[World, Ref, Thing]]] = {}
    for world, value in outcomes:
        ref = bare(value)
        thing = world.thing(ref)
        if not isinstance(ref, Ref) or thing is None or ref.id in before:
            continue
        kind = machine.api.kinds.get(thing.kind)
        if kind is not None and kind.side:
            made.setdefault(kind.name, []).append((world, ref, thing))
    for same in made.values():
        first = min(thing.site for _, _, thing in same)
        for world, ref, thing in same:
            world.update(ref, thing._replace(site=first))
    return outcomes


def _try_arm(
    machine: Machine,
    node: ir.Choice,
    arm: ir.Arm,
    subject: Value,
    worlds: list[World],
    outcomes: list[Outcome],
    outer: dict[str, Value],
) -> list[World]:
    """Add what comes of the arm to the outcomes; return the worlds that it lets pass by."""
    passed: list[World] = []
    for world in worlds:
        for inside, fits in _arm_tests(machine, node, arm, subject, world):
            if not fits:
                passed.append(inside)
                continue
            bound = machine.bound(arm)
            machine.frame.scopes.append((bound, outer))
            for after, value in machine.evaluate(arm.body, inside):
                _restore(after, outer, bound)
                outcomes.append((after, value))
            machine.frame.scopes.pop()
    return [world for world, _ in machine.settle([(world, None) for world in passed])]


def _arm_tests(
    machine: Machine, node: ir.Choice, arm: ir.Arm, subject: Value, world: World
) -> list[tuple[World, bool]]:
    tests = [(world, True)]
    if arm.pattern is not None and node.subject is not None:
        tests = assumption(machine, node.subject, subject, arm.pattern, world)
    if arm.guard is None:
        return tests
    return [
        pair
        for before, fits in tests
        for pair in (truth(machine, arm.guard, before) if fits else [(before, False)])
    ]


def names_of(machine: Machine, scope: ir.Block | ir.Arm) -> frozenset[str]:
    """Return the names that a block or arm binds; `if let` has its pattern in the guard."""
    if isinstance(scope, ir.Block):
        return frozenset(names_bound(scope.body))
    names = set(names_in(scope.pattern)) if scope.pattern else set()
    return frozenset(names | _asked(machine, scope.guard))


def _asked(machine: Machine, guard: ir.Node | None) -> set[str]:
    """Return the names that a condition binds where it holds."""
    tests = machine.program.nodes(guard).get(ir.Matches, ()) if guard else ()
    found = (one.pattern for one in tests if isinstance(one, ir.Matches))
    return {name for pattern in found for name in names_in(pattern)}


def _restore(world: World, outer: dict[str, Value], names: Set[str]) -> None:
    """Give names that an inner scope bound their outer meaning back."""
    for name in names:
        if name in outer:
            world.env[name] = outer[name]
        else:
            world.env.pop(name, None)


_UNSET = Unknown("not yet set")


def _bind(machine: Machine, node: ir.Bind, world: World) -> list[Outcome]:
    outcomes: list[Outcome] = []
    values = machine.evaluate(node.value, world) if node.value else [(world, _UNSET)]
    for after, value in values:
        if isinstance(value, Unknown) and node.declared:
            typed = chain.typed(machine, node.declared, node.span, after)
            if isinstance(typed, Unknown) and value.usual:
                typed = replace(typed, usual=value.usual)
            value = typed
        if node.otherwise is None:
            machine.assign(node.pattern, value, after)
            outcomes.append((after, UNIT))
            continue
        for inside, fits in assumption(machine, node.value, value, node.pattern, after):
            if fits:
                outcomes.append((inside, UNIT))
            else:
                machine.evaluate(node.otherwise, inside)
    return outcomes


def _assign(machine: Machine, node: ir.Assign, world: World) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for after, value in machine.evaluate(node.value, world):
        if node.symbol == "=":
            outcomes += chain.store(machine, node.target, value, node.span, after)
            continue
        for reached, old in machine.evaluate(node.target, after):
            new = operate(node.symbol.rstrip("="), (old, value))
            outcomes += chain.store(machine, node.target, new, node.span, reached)
    return outcomes


def _block(machine: Machine, node: ir.Block, world: World) -> list[Outcome]:
    bound = machine.bound(node)
    outer = {name: world.env[name] for name in bound if name in world.env}
    outcomes: list[Outcome] = [(world, UNIT)]
    frame, before = machine.frame, set(world.heap) if node.label else set()
    if node.label:
        frame.depths[node.label] = len(frame.scopes)
    frame.scopes.append((bound, outer))
    for statement in node.body:
        value = statement.value if isinstance(statement, ir.Give) else statement
        frame.reached = outcomes
        if len(outcomes) == 1:
            outcomes = machine.evaluate(value, outcomes[0][0])
        else:
            outcomes = [one for w, _ in outcomes for one in machine.evaluate(value, w)]
        if len(outcomes) > 1:
            if value is statement:
                outcomes = [(w, UNIT) for w, _ in outcomes]
            outcomes = machine.settle(outcomes)
        elif value is statement and outcomes:
            outcomes = [(outcomes[0][0], UNIT)]
    frame.scopes.pop()
    for after, _ in outcomes if bound else ():
        _restore(after, outer, bound)
    aimed = _aimed_at(machine, node, again=False)
    return machine.settle(_as_one(machine, outcomes + aimed, before)) if aimed else outcomes


def _aimed_at(machine: Machine, node: ir.Block | ir.Loop, again: bool) -> list[Outcome]:
    """Return what left a block, a loop or its round by its name."""
    return machine.frame.aimed.pop((node.label, again), []) if node.label else []


def _give(machine: Machine, node: ir.Give, world: World) -> list[Outcome]:
    return machine.evaluate(node.value, world)


def _return(machine: Machine, node: ir.Return, world: World) -> list[Outcome]:
    outcomes: list[Outcome] = [(world, UNIT)]
    if node.value is not None:
        outcomes = machine.evaluate(node.value, world)
    if node.failing:
        machine.frame.returns.extend((after, Failed()) for after, _ in outcomes)
    else:
        machine.frame.returns.extend(outcomes)
    return []


def _leave(machine: Machine, node: ir.Leave, world: World) -> list[Outcome]:
    frame = machine.frame
    if node.stop:
        machine.may_fail(world)
        if world.rests is not None:
            # A verifier that panics lets nobody in.
            machine.frame.returns.append((world, Failed()))
        return []
    outcomes: list[Outcome] = [(world, UNIT)]
    if node.value is not None:
        outcomes = machine.evaluate(node.value, world)
    for names, outer in reversed(frame.scopes[frame.depths.get(node.label, 0) :]):
        for after, _ in outcomes:
            _restore(after, outer, names)
    if node.label:
        frame.aimed.setdefault((node.label, node.again), []).extend(outcomes)
    elif node.again:
        frame.rounds.append(world)
    else:
        frame.left += outcomes
    return []


def _loop(machine: Machine, node: ir.Loop, world: World) -> list[Outcome]:
    """Run the body once: a loop that never runs is not what the program is for."""
    frame = machine.frame
    outside, frame.left, frame.rounds = (frame.left, frame.rounds), [], []
    around, returned = frame.depths.get("", 0), len(frame.returns)
    frame.depths |= dict.fromkeys(("", node.label), len(frame.scopes))
    outer = dict(world.env)
    starts: list[World] = [world]
    bound: set[str] = set()
    if node.items is not None:
        starts = []
        for after, value in machine.evaluate(node.items, world):
            if node.pattern is None:
                starts.append(after)
                continue
            bound = set(names_in(node.pattern))
            rounds = _rounds(value)
            starts += _each_round(machine, node, rounds[:-1], after)
            for start in starts:
                machine.assign(node.pattern, rounds[-1], start)
    if node.guard is not None:
        starts = [after for w in starts for after, holds in truth(machine, node.guard, w) if holds]
        starts = starts or [world]
        bound |= _asked(machine, node.guard)
    ends: list[Outcome] = [
        (after, UNIT) for start in starts for after, _ in machine.evaluate(node.body, start)
    ]
    frame.rounds += [end for end, _ in _aimed_at(machine, node, again=True)]
    frame.left += _aimed_at(machine, node, again=False)
    endless = node.items is None and node.guard is None
    if not endless:
        ends += [(end, UNIT) for end in frame.rounds] + frame.left
    elif frame.left or len(frame.returns) > returned:
        # What comes to the end of an endless loop's body goes round until it leaves elsewhere.
        machine.abandoned += [after for after, _ in machine.settle(ends)]
        ends = frame.left
    frame.left, frame.rounds = outside
    frame.depths[""] = around
    for end, _ in ends:
        _restore(end, outer, bound)
    return machine.settle(ends)


UNROLLED = 8


def _rounds(value: Value) -> tuple[Value, ...]:
    """Return what the rounds of a loop are about: few known elements, or any of them."""
    items = bare(value)
    if isinstance(items, Items) and 1 < len(items.items) <= UNROLLED:
        return items.items
    return (element(value),)


def _each_round(
    machine: Machine, node: ir.Loop, rounds: tuple[Value, ...], world: World
) -> list[World]:
    """Run all rounds but the last."""
    worlds, frame = [world], machine.frame
    for value in rounds:
        ends: list[World] = []
        for before in worlds:
            if node.pattern is not None:
                machine.assign(node.pattern, value, before)
            ends += [after for after, _ in machine.evaluate(node.body, before)]
        ends += frame.rounds
        frame.rounds = []
        worlds = [after for after, _ in machine.settle([(end, None) for end in ends])]
    return worlds


def _guarded(machine: Machine, node: ir.Guarded, world: World) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for after, holds in machine.built(node.conditions, world):
        outcomes += machine.evaluate(node.body, after) if holds else [(after, UNIT)]
    return outcomes


def build_time(machine: Machine, condition: ir.Condition, world: World) -> list[tuple[World, bool]]:
    """Say whether a build-time condition holds; one that isn't decided yet holds and doesn't."""
    machine.asked.append(condition.atom)
    decided = world.build.get(condition.atom, machine.api.build.get(condition.atom))
    if decided is not None:
        return [(world, decided is condition.holds)]
    other = world.fork()
    world.build[condition.atom] = condition.holds
    other.build[condition.atom] = not condition.holds
    return [(world, True), (other, False)]


HANDLERS: dict[type, Callable[[Machine, Any, World], list[Outcome]]] = {
    ir.Choice: _choice,
    ir.Bind: _bind,
    ir.Assign: _assign,
    ir.Block: _block,
    ir.Give: _give,
    ir.Return: _return,
    ir.Leave: _leave,
    ir.Loop: _loop,
    ir.Guarded: _guarded,
}
