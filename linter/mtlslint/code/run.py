"""Runs a whole crate or package: every function once, from its callers where they are in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mtlslint.code import modules, outside
from mtlslint.code.api import Api
from mtlslint.code.collect import Collector
from mtlslint.code.evaluate import ExhaustedError, Machine
from mtlslint.code.ir import Literal, Name, Node
from mtlslint.code.items import Function, Module
from mtlslint.code.leaving import inside, leave_behind, leave_off, recover
from mtlslint.code.outside import Given
from mtlslint.code.program import Program
from mtlslint.code.relevance import Relevance
from mtlslint.code.roots import NOTHING_GIVEN, SELF, run_root
from mtlslint.code.running import in_frame
from mtlslint.code.values import (
    NOTHING,
    Failed,
    Outcome,
    Value,
    World,
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
    alone: set[int] = set()
    for module, function in _ordered(machine, program):
        if not function.test and _run(machine, module, function):
            alone.add(id(function))
            _run_given(machine, module, function, outside.left_out(function))
    for module, function in program.everything:
        if id(function) in machine.reached.keys() - alone and not function.test:
            for given in outside.switched(program, function):
                _run_given(machine, module, function, given)
            if function.public and _is_decided_outside(machine, module, function):
                _run_given(machine, module, function, {**outside.left_out(function), "": _OWN})
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
    method = bool(function.params) and function.params[0].pattern == SELF
    if not method and function.owner and function.returns[-1:] == function.owner[-1:]:
        return 1 if function.name in called else 0
    return (3 if method else 2) if function.name in called else (1 if method else 0)


def _run(machine: Machine, module: Module, function: Function) -> bool:
    """Run a function that no caller has led to, if it matters."""
    if id(function) in machine.reached or id(function) not in machine.relevance.relevant:
        return False
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
    _finish(machine, ends)
    return True


_OWN = Literal(Span("", 0, 0), None)


def _is_decided_outside(machine: Machine, module: Module, function: Function) -> bool:
    """Whether a method goes by a switch of its object that nobody in sight may have turned."""
    if not function.owner:
        return False
    makers = machine.program.methods(function.owner, "__init__", module)
    return outside.asks_switch(machine.program, function, outside.switches(makers))


def _run_given(machine: Machine, module: Module, function: Function, given: Given) -> None:
    """Run a function once more as callers elsewhere may call it."""
    if not given or id(function) not in machine.relevance.relevant:
        return
    machine.begin(module)
    machine.collector.root, machine.collector.lends = function.span, False
    outcomes, _ = _attempt(machine, module, function, given)
    _finish(machine, [(world, value) for world, value in outcomes if not isinstance(value, Failed)])


def _finish(machine: Machine, ends: Sequence[Outcome]) -> None:
    """Judge what is left where all paths end."""
    ends = [*ends, *((world, NOTHING) for world in machine.abandoned)]
    machine.abandoned.clear()
    for world, value in ends:
        leave_behind(machine, world, value)
    machine.collector.finish()


def _attempt(
    machine: Machine, module: Module, function: Function, given: Given = NOTHING_GIVEN
) -> tuple[list[Outcome], bool]:
    """Run a function; return what comes of it, and whether it was too large to follow."""
    try:
        return run_root(machine, module, function, given), False
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
