"""An abstract interpreter: runs functions over worlds, one world per path through the code.

Evaluating a node in a world gives outcomes, (world, value) pairs: one, or several where an
unknown condition forks, or none where the path ends. The world that goes in belongs to the
callee. Outcomes are merged; where too many had to be cut, the states found get one more in which
nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from mtlslint.code import calls, chain, ir
from mtlslint.code.api import Api
from mtlslint.code.collect import Collector
from mtlslint.code.conditions import assumption, truth
from mtlslint.code.merge import merge
from mtlslint.code.operators import operate
from mtlslint.code.patterns import fit, names_bound, names_in
from mtlslint.code.program import Program
from mtlslint.code.relevance import Relevance
from mtlslint.code.values import (
    BLANK,
    NOTHING,
    Failed,
    Items,
    Known,
    Lambda,
    Outcome,
    Unknown,
    Value,
    World,
    bare,
    element,
)
from mtlslint.model import State
from mtlslint.targets import Targets

STEPS = 20_000
DEPTH = 90

UNIT = Items(())


class ExhaustedError(Exception):
    """The function is too large to follow."""


@dataclass(slots=True)
class Frame:
    """One activation of a function: what it returned so far, and whether it may fail."""

    module: ir.Module
    function: ir.Function | None
    returns: list[Outcome] = field(default_factory=list)
    left: list[World] = field(default_factory=list)
    rounds: list[World] = field(default_factory=list)
    may_fail: bool = False


@dataclass
class Machine:
    """The evaluator with everything it looks things up in."""

    api: Api
    program: Program
    collector: Collector
    targets: Targets
    judge: Callable[[Machine, Value, str, World], State | None]
    relevance: Relevance
    refusal: Callable[[Machine, Value | None, World], bool]
    frames: list[Frame] = field(default_factory=list)
    steps: int = 0
    depth: int = 0
    failures: int = 0
    abandoned: list[World] = field(default_factory=list)
    results: dict[tuple[int, tuple[str, ...], tuple[Value, ...]], Value] = field(
        default_factory=dict
    )
    reached: set[int] = field(default_factory=set)
    instances: dict[str, list[tuple[World, Value]]] = field(default_factory=dict)
    loaded: dict[str, list[World]] = field(default_factory=dict)
    active: list[int] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        """The activation that runs."""
        return self.frames[-1]

    def evaluate(self, node: ir.Node, world: World) -> list[Outcome]:
        """Return what comes of a node."""
        self.steps += 1
        if self.steps > STEPS:
            raise ExhaustedError
        if self.depth >= DEPTH:
            return [(world, Unknown("too deeply nested"))]
        self.depth += 1
        try:
            return _HANDLERS[type(node)](self, node, world)
        finally:
            self.depth -= 1

    def each(self, nodes: Iterable[ir.Node], world: World) -> list[tuple[World, tuple[Value, ...]]]:
        """Evaluate nodes one after the other: worlds with a value for each."""
        paths: list[tuple[World, tuple[Value, ...]]] = [(world, ())]
        for node in nodes:
            paths = [
                (after, (*values, value))
                for before, values in paths
                for after, value in self.evaluate(node, before)
            ]
            if len(paths) > 1:
                paths = self.settle(paths)
        return paths

    def begin(self, module: ir.Module) -> None:
        """Make ready for a function that is run on its own."""
        self.steps = self.depth = 0
        self.frames = [Frame(module, None)]

    def serves_nothing(self, app: Value | None, world: World) -> bool:
        """Whether what is served only redirects or refuses."""
        return self.refusal(self, app, world)

    def enter(self, module: ir.Module, function: ir.Function | None) -> Frame:
        """Begin an activation."""
        self.frames.append(Frame(module, function))
        return self.frame

    def may_fail(self) -> None:
        """Note that the running function may end in a failure here."""
        self.frame.may_fail = True
        self.failures += 1

    def exists(self, function: ir.Function, world: World) -> list[tuple[World, bool]]:
        """Say whether build-time switches let the function exist."""
        return self.built(function.conditions, world)

    def built(self, conditions: tuple[ir.Condition, ...], world: World) -> list[tuple[World, bool]]:
        """Say whether all build-time conditions hold."""
        worlds = [(world, True)]
        for condition in conditions:
            worlds = [
                pair
                for before, fits in worlds
                for pair in (build_time(self, condition, before) if fits else [(before, False)])
            ]
        return worlds

    def settle(self, outcomes: list[tuple[World, Any]]) -> list[tuple[World, Any]]:
        """Merge outcomes that don't differ in what matters, and cut what is left of too many."""
        if len(outcomes) < 2:
            return outcomes
        merged, cut = merge(outcomes)
        self.collector.cut = self.collector.cut or cut
        return merged

    def assign(self, pattern: ir.Pattern, value: Value, world: World) -> bool:
        """Bind a pattern's names; False if the value surely doesn't fit."""
        verdict, names = fit(pattern, value, world, self.api.variants)
        if verdict is False:
            return False
        for name in names:
            world.forget(name)
        world.env.update(names)
        return True


def _literal(machine: Machine, node: ir.Literal, world: World) -> list[Outcome]:
    return [(world, Known(node.value))]


def _borrow(machine: Machine, node: ir.Borrow, world: World) -> list[Outcome]:
    return machine.evaluate(node.value, world)


def _series(machine: Machine, node: ir.Series, world: World) -> list[Outcome]:
    return [(after, Items(values)) for after, values in machine.each(node.items, world)]


def _record(machine: Machine, node: ir.Record, world: World) -> list[Outcome]:
    names = [name for name, _ in node.fields]
    nodes = [value for _, value in node.fields]
    outcomes: list[Outcome] = []
    bases = machine.evaluate(node.base, world) if node.base else [(world, NOTHING)]
    for before, base in bases:
        for after, values in machine.each(nodes, before):
            named = dict(zip(names, values, strict=False))
            made = chain.make_record(machine, node, named, base, after)
            outcomes.append((after, made))
    return outcomes


def _template(machine: Machine, node: ir.Template, world: World) -> list[Outcome]:
    holes = [part for part in node.parts if not isinstance(part, str)]
    outcomes: list[Outcome] = []
    for after, values in machine.each(holes, world):
        filled = iter(values)
        text = "".join(p if isinstance(p, str) else _text(next(filled)) for p in node.parts)
        outcomes.append((after, Known(text)))
    return outcomes


def _text(value: Value) -> str:
    value = bare(value)
    if isinstance(value, Known) and value.value is not None:
        return str(value.value)
    return BLANK


def _closure(machine: Machine, node: ir.Closure, world: World) -> list[Outcome]:
    return [(world, Lambda(node, tuple(world.env.items())))]


def _operator(machine: Machine, node: ir.Operator, world: World) -> list[Outcome]:
    return [
        (after, operate(node.symbol, values))
        for after, values in machine.each(node.operands, world)
    ]


def _matches(machine: Machine, node: ir.Matches, world: World) -> list[Outcome]:
    """As a value, an undecided match is unknown: only as a condition does it fork the world."""
    outcomes: list[Outcome] = []
    for after, value in machine.evaluate(node.value, world):
        verdict, _ = fit(node.pattern, value, after, machine.api.variants)
        outcomes.append((after, Unknown("a condition") if verdict is None else Known(verdict)))
    return outcomes


def _choice(machine: Machine, node: ir.Choice, world: World) -> list[Outcome]:
    outcomes: list[Outcome] = []
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
    return machine.settle(outcomes)


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
            bound = set(names_in(arm.pattern)) if arm.pattern else set()
            for after, value in machine.evaluate(arm.body, inside):
                _restore(after, outer, bound)
                outcomes.append((after, value))
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


def _restore(world: World, outer: dict[str, Value], names: set[str]) -> None:
    """Give names that an inner scope bound their outer meaning back."""
    for name in names:
        if name in outer:
            world.env[name] = outer[name]
        else:
            world.env.pop(name, None)


def _opaque(machine: Machine, node: ir.Opaque, world: World) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for after, values in machine.each(node.children, world):
        for value in values:
            calls.escape(machine, value, after)
        outcomes.append((after, Unknown(node.reason)))
    return outcomes


def _bind(machine: Machine, node: ir.Bind, world: World) -> list[Outcome]:
    outcomes: list[Outcome] = []
    missing: Value = Unknown("not yet set")
    values = machine.evaluate(node.value, world) if node.value else [(world, missing)]
    for after, value in values:
        if isinstance(value, Unknown) and node.declared and not value.declared:
            value = chain.typed(machine, node.declared, node.span, after)
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
    outer = dict(world.env)
    outcomes: list[Outcome] = [(world, UNIT)]
    for statement in node.body:
        value = statement.value if isinstance(statement, ir.Give) else statement
        outcomes = [one for w, _ in outcomes for one in machine.evaluate(value, w)]
        if not isinstance(statement, ir.Give):
            outcomes = [(w, UNIT) for w, _ in outcomes]
        if len(outcomes) > 1:
            outcomes = machine.settle(outcomes)
    bound = names_bound(node.body)
    for after, _ in outcomes:
        _restore(after, outer, bound)
    return outcomes


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
    if node.stop:
        machine.may_fail()
    elif node.again:
        machine.frame.rounds.append(world)
    else:
        machine.frame.left.append(world)
    return []


def _loop(machine: Machine, node: ir.Loop, world: World) -> list[Outcome]:
    """Run the body once: a loop that never runs is not what the program is for."""
    frame = machine.frame
    outside, frame.left, frame.rounds = (frame.left, frame.rounds), [], []
    returned = len(frame.returns)
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
    ends = [after for start in starts for after, _ in machine.evaluate(node.body, start)]
    endless = node.items is None and node.guard is None
    if not endless:
        ends += frame.rounds + frame.left
    elif frame.left or len(frame.returns) > returned:
        # What comes to the end of an endless loop's body goes round until it leaves elsewhere.
        ends = frame.left
    frame.left, frame.rounds = outside
    for end in ends:
        _restore(end, outer, bound)
    return machine.settle([(end, UNIT) for end in ends])


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
    decided = world.build.get(condition.atom, machine.api.build.get(condition.atom))
    if decided is not None:
        return [(world, decided is condition.holds)]
    other = world.fork()
    world.build[condition.atom] = condition.holds
    other.build[condition.atom] = not condition.holds
    return [(world, True), (other, False)]


_HANDLERS: dict[type, Callable[[Machine, Any, World], list[Outcome]]] = {
    ir.Literal: _literal,
    ir.Name: chain.name,
    ir.Chain: chain.follow,
    ir.Borrow: _borrow,
    ir.Record: _record,
    ir.Series: _series,
    ir.Template: _template,
    ir.Closure: _closure,
    ir.Operator: _operator,
    ir.Matches: _matches,
    ir.Choice: _choice,
    ir.Opaque: _opaque,
    ir.Bind: _bind,
    ir.Assign: _assign,
    ir.Block: _block,
    ir.Give: _give,
    ir.Return: _return,
    ir.Leave: _leave,
    ir.Loop: _loop,
    ir.Guarded: _guarded,
}
