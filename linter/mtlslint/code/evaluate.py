"""An abstract interpreter: runs functions over worlds, one world per path through the code.

Evaluating a node in a world gives outcomes, (world, value) pairs: one, or several where an
unknown condition forks, or none where the path ends. The world that goes in belongs to the
callee. Outcomes are merged; where too many had to be cut, the states found get one more in which
nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NoReturn

from mtlslint.code import expressions, ir, items, statements
from mtlslint.code.api import Api, Kind, Row
from mtlslint.code.collect import Collector
from mtlslint.code.conditions import Question
from mtlslint.code.meanings import Called, Sent
from mtlslint.code.merge import merge
from mtlslint.code.package import Package
from mtlslint.code.patterns import Fit, fit, with_usual
from mtlslint.code.program import Program
from mtlslint.code.relevance import Relevance
from mtlslint.code.summaries import Key, Summary
from mtlslint.code.values import (
    FAILED,
    Handle,
    Known,
    Outcome,
    Thing,
    Unknown,
    Value,
    World,
)
from mtlslint.code.verdicts import JUDGED
from mtlslint.model import Origin, Setting, State
from mtlslint.source import Span
from mtlslint.targets import Targets

DEPTH = 90
NESTING = 12
"""How many calls of the program's own functions are followed into each other."""


_HANDLERS = {**expressions.HANDLERS, **statements.HANDLERS}


class ExhaustedError(Exception):
    """The function is too large to follow."""


@dataclass(slots=True)
class Frame:
    """One activation of a function: what it returned so far, and whether it may fail.

    `left` and `rounds` leave the innermost loop or its round, `aimed` one that is named.
    `scopes` are those that are open: the names they bind, and what these meant outside; `depths`
    how many were open where a loop or block that can be left began. `assumed` is what its caller
    had assumed. `reached`: the paths to the statement that runs.
    """

    module: items.Module
    function: items.Function | None
    returns: list[Outcome] = field(default_factory=list)
    left: list[Outcome] = field(default_factory=list)
    rounds: list[World] = field(default_factory=list)
    aimed: dict[tuple[str, bool], list[Outcome]] = field(default_factory=dict)
    reached: list[Outcome] = field(default_factory=list)
    scopes: list[tuple[Set[str], dict[str, Value]]] = field(default_factory=list)
    depths: dict[str, int] = field(default_factory=dict)
    may_fail: bool = False
    assumed: Mapping[str, bool] = field(default_factory=dict)


@dataclass
class Machine:
    """The evaluator with everything it looks things up in.

    `apis` are the rows as each crate means them, `api` those of the one whose code runs. `package`
    is the program if it is one of modules that are loaded. `reached` is what was run so far, in
    order, so that what was reached in vain can be taken back.
    """

    apis: Mapping[str, Api]
    program: Program
    collector: Collector
    targets: Targets
    judge: Callable[[Machine, Value, str, World], State | None]
    relevance: Relevance
    refusal: Callable[[Machine, Value | None, World], bool]
    identities: Callable[[Machine, Value | None, World], tuple[Setting, ...]]
    package: Package | None = field(init=False)
    api: Api = field(init=False)
    frames: list[Frame] = field(default_factory=list)
    frame: Frame = field(init=False)
    steps: int = 0
    limit: int = 0
    narrow: bool = False
    depth: int = 0
    failures: int = 0
    abandoned: list[World] = field(default_factory=list)
    left_off: list[World] = field(default_factory=list)
    results: dict[tuple[int, tuple[str, ...], tuple[Value, ...]], Value] = field(
        default_factory=dict
    )
    summaries: dict[Key, list[Summary]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    shortened: list[int] = field(default_factory=list)
    reached: dict[int, None] = field(default_factory=dict)
    created: set[ir.Path] = field(default_factory=set)
    judged: dict[tuple[object, ...], list[tuple[Mapping[Handle, Thing], State]]] = field(
        default_factory=dict
    )
    installed: dict[ir.Path, set[str]] = field(default_factory=dict)
    lent: set[int] = field(default_factory=set)
    settable: dict[ir.Path, frozenset[str]] = field(default_factory=dict)
    instances: dict[ir.Path, list[tuple[World, Value]]] = field(default_factory=dict)
    loaded: dict[str, list[World]] = field(default_factory=dict)
    active: list[int] = field(default_factory=list)
    calls: list[tuple[int, int]] = field(default_factory=list)
    heavy: set[int] = field(default_factory=set)
    names: dict[int, frozenset[str]] = field(default_factory=dict)
    questions: dict[tuple[int, ...], Question] = field(default_factory=dict)
    found: dict[tuple[ir.Path, int], Row | None] = field(default_factory=dict)
    called: dict[tuple[ir.Path, int], Called] = field(default_factory=dict)
    sent: dict[tuple[str, int], Sent] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.api = self.apis[""]
        self.package = self.program if isinstance(self.program, Package) else None

    def evaluate(self, node: ir.Node, world: World) -> list[Outcome]:
        """Return what comes of a node."""
        self.steps += 1
        if self.steps > self.limit:
            self.give_up()
        if self.depth >= DEPTH:
            self.shortened.append(-1)
            return [(world, Unknown("too deeply nested"))]
        self.depth += 1
        outcomes = _HANDLERS[type(node)](self, node, world)
        self.depth -= 1  # Who gives up ends the whole run.
        return outcomes

    def is_too_deep(self, called: int) -> bool:
        """Whether a function that is called runs already, or too many run inside each other."""
        if called in self.active:
            self.shortened.append(self.active.index(called))
            return True
        if len(self.frames) > NESTING:
            self.shortened.append(-1)
            return True
        return False

    def give_up(self) -> NoReturn:
        """Leave what is too large to follow; what took most of the time isn't followed again."""
        self.left_off = [world for frame in self.frames[1:2] for world, _ in frame.reached]
        for called, steps in reversed(self.calls):
            if self.steps - steps > self.limit // 2:
                self.heavy.add(called)
                break
        raise ExhaustedError

    def each(self, nodes: Sequence[ir.Node], world: World) -> list[tuple[World, tuple[Value, ...]]]:
        """Evaluate nodes one after the other: worlds with a value for each."""
        if not nodes:
            return [(world, ())]
        values: tuple[Value, ...] = ()
        for at, node in enumerate(nodes):
            outcomes = self.evaluate(node, world)
            if len(outcomes) != 1:
                paths = [(after, (*values, value)) for after, value in outcomes]
                return self._each_way(nodes[at + 1 :], self.settle(paths))
            world, value = outcomes[0]
            values = (*values, value)
        return [(world, values)]

    def _each_way(
        self, nodes: Sequence[ir.Node], paths: list[tuple[World, tuple[Value, ...]]]
    ) -> list[tuple[World, tuple[Value, ...]]]:
        """Go on evaluating nodes where several paths, or none, came of those before."""
        for node in nodes:
            paths = [
                (after, (*values, value))
                for before, values in paths
                for after, value in self.evaluate(node, before)
            ]
            if len(paths) > 1:
                paths = self.settle(paths)
        return paths

    def bound(self, scope: ir.Block | ir.Arm) -> frozenset[str]:
        """Return the names that hold inside a block or an arm of a choice only."""
        found = self.names.get(id(scope))
        if found is None:
            found = self.names[id(scope)] = statements.names_of(self, scope)
        return found

    def awaits(self, owner: str) -> bool:
        """Whether a method of a type that matters hasn't been run yet."""
        return not self.relevance.methods_of(owner) <= self.reached.keys()

    def take_back(self, mark: int) -> None:
        """Forget that functions were reached since there were `mark` of them."""
        while len(self.reached) > mark:
            self.reached.popitem()

    def kind_of(self, path: ir.Path) -> Kind | None:
        """Return the kind of thing that a declared type is, as this module would mean it."""
        kind = self.api.kind_of_type(path)
        return kind or self.api.kind_of_type(self.program.meaning(path, self.frame.module))

    def begin(self, module: items.Module) -> None:
        """Make ready for a function that is run on its own; test code gets less time."""
        self.api = self.apis.get(module.crate, self.apis[""])
        self.limit = self.api.budget // (4 if self.collector.testing else 1)
        self.steps = self.depth = self.collector.number = 0
        self.frame = Frame(module, None)
        self.frames = [self.frame]

    def fail(self, value: Value, world: World) -> None:
        """Note that what was meant for a server could not be made, and what runs without it."""
        thing = world.thing(value)
        if thing is not None and self.is_meant(value, world):
            auths = [
                (self.is_app(one), one.settings["client_auth"])
                for one in world.heap.values()
                if "client_auth" in one.settings
            ]
            via = tuple(
                auth.span
                for runs, auth in auths
                if auth.value == "none" and (runs or auth.origin is Origin.EXPLICIT)
            )
            world.update(value, thing.having({FAILED: Setting("on", thing.site, via=via)}))

    def is_app(self, thing: Thing) -> bool:
        """Whether a thing is what servers run, which may get another configuration."""
        kind = self.api.kinds.get(thing.kind)
        return kind is not None and kind.app

    def is_meant(self, value: Value, world: World) -> bool:
        """Whether a value was made for a server."""
        thing = world.thing(value)
        kind = self.api.kinds.get(thing.kind) if thing is not None else None
        return thing is not None and kind is not None and kind.meant and not thing.param

    def create(self, path: ir.Path, site: Span, parts: dict[str, Value], world: World) -> Value:
        """Return a new object of one of the program's types."""
        path = self.program.place(path, self.frame.module) or path
        self.created.add(self.program.key(path, self.frame.module))
        return world.add(Thing("", site, parts=parts, path=path))

    def serves_nothing(self, app: Value | None, world: World) -> bool:
        """Whether what is served only redirects or refuses."""
        return self.refusal(self, app, world)

    def enter(self, module: items.Module, function: items.Function | None) -> Frame:
        """Begin an activation."""
        self.frame = Frame(module, function)
        self.frames.append(self.frame)
        self.api = self.apis.get(module.crate, self.apis[""])
        return self.frame

    def leave(self) -> None:
        """End an activation."""
        self.frames.pop()
        if self.frames:
            self.frame = self.frames[-1]
            self.api = self.apis.get(self.frame.module.crate, self.apis[""])

    def may_fail(self, world: World, value: Value | None = None) -> None:
        """Note that the running function may end in a failure here.

        That judges nothing where a library's thing is made, or something of what is written here.
        """
        self.frame.may_fail = True
        self.failures += 1
        thing = world.thing(value) if value is not None else None
        made = isinstance(value, Known) or (thing is not None and bool(thing.kind))
        if not made:
            world.rest_on(JUDGED)

    def exists(self, function: items.Function, world: World) -> list[tuple[World, bool]]:
        """Say whether build-time switches let the function exist."""
        return self.built(function.conditions, world)

    def built(self, conditions: tuple[ir.Condition, ...], world: World) -> list[tuple[World, bool]]:
        """Say whether all build-time conditions hold."""
        worlds = [(world, True)]
        for condition in conditions:
            worlds = [
                pair
                for before, fits in worlds
                for pair in (
                    statements.build_time(self, condition, before) if fits else [(before, False)]
                )
            ]
        return worlds

    def settle(self, outcomes: list[tuple[World, Any]]) -> list[tuple[World, Any]]:
        """Merge outcomes that don't differ in what matters, and cut what is left of too many."""
        if len(outcomes) < 2:
            return outcomes
        merged, cut = merge(outcomes, self.narrow, self.api.modes)
        self.collector.cut = self.collector.cut or cut
        return merged

    def fit(self, pattern: ir.Pattern, value: Value, world: World) -> Fit:
        """Return whether a value fits a pattern, and what the names are bound to if it does."""
        verdict, names = fit(pattern, value, world, self.api.variants)
        module = self.frame.module
        usual = partial(self.program.usual, module=module)
        return verdict, with_usual(pattern, names, usual) if names else names

    def assign(self, pattern: ir.Pattern, value: Value, world: World) -> bool:
        """Bind a pattern's names; False if the value surely doesn't fit."""
        if type(pattern) is ir.Capture and pattern.inner is None:
            if pattern.name != "_":
                world.forget(pattern.name)
                world.env[pattern.name] = value
            return True
        verdict, names = self.fit(pattern, value, world)
        if verdict is False:
            return False
        for name in names:
            world.forget(name)
        world.env.update(names)
        return True
