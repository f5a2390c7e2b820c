"""Calls of methods: a library's by the kind of thing, the program's own by type, or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import (
    binding,
    bound,
    calls,
    classes,
    escaping,
    mapping,
    meanings,
    plumbing,
    rows,
    running,
    verdicts,
)
from mtlslint.code.api import Kind
from mtlslint.code.arguments import Call
from mtlslint.code.ir import Invoke, Method, Path
from mtlslint.code.items import Function, Module
from mtlslint.code.values import (
    Known,
    Lambda,
    Outcome,
    Symbol,
    Thing,
    Unknown,
    Value,
    World,
    bare,
)

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


def call_method(machine: Machine, step: Method, value: Value, world: World) -> list[Outcome]:
    """Call a method on a value."""
    paths = machine.each(binding.nodes_of(step), world)
    if len(paths) == 1:
        outcomes = send(machine, step, value, paths[0][1], paths[0][0])
    else:
        outcomes = [one for w, values in paths for one in send(machine, step, value, values, w)]
    return escaping.lend(step.args, outcomes, step.name)


def send(
    machine: Machine, step: Method, value: Value, values: tuple[Value, ...], world: World
) -> list[Outcome]:
    """Call a method with arguments that are known already."""
    thing = world.thing(value)
    args, keywords = binding.arguments(step, values, world)
    if thing is not None or step.name.startswith(classes.SUPER):
        own = _own_method(machine, step, value, values, world)
        if own is not None:
            return own
        inner = classes.passed_on(machine, thing, step.name, world)
        if inner is not None:
            return send(machine, step, inner, values, world)
    said = meanings.sent(machine, step.name)
    kind = machine.api.kinds.get(thing.kind) if thing is not None else None
    if said.kind is not None and isinstance(value, Unknown) and not value.declared:
        kind = said.kind
        value = world.add(Thing(kind.name, step.span, param=True))
    row = kind.methods.get(step.name.removeprefix(classes.SUPER)) if kind is not None else None
    module = machine.frame.module
    if row is not None and kind is not None and row.phantom and machine.api.is_forked(kind):
        escaping.escape(machine, value, world, step.name, step.span, mutable=True)
        return [(world, value)]
    if row is not None and not (row.phantom and machine.program.extends(step.name, module)):
        spans = binding.spans(step, values, world)
        call = Call(step.span, step.name, value, args, keywords, step.args, spans)
        return rows.apply(machine, row, call, world)
    owner = _owner(thing, value, kind)
    functions = machine.program.methods(owner, step.name, module) if owner else ()
    if not functions and (kind is not None or owner):
        functions = _inherited(machine, step.name, kind, owner)
    if not functions and kind is None and said.only is not None:
        functions = _only_method(machine, said.only, values, world)
    if functions:
        values = binding.written(step, values, step.span)
        return running.run_functions(machine, functions, (value, *values), world)
    if world.rests is not None:
        answered = verdicts.answers(machine, step.name, value, step.span, world)
        if answered is not None:
            return answered
    if kind is not None and not kind.finished and step.name in machine.api.conversions:
        functions = _converting(machine, machine.api.conversions[step.name], kind)
        if functions:
            return running.run_functions(machine, functions, (value,), world)
    handed = bound.handed_on(step, values, world) if said.word == "handed_on" else None
    if handed is not None:
        return calls.call_held(machine, *handed, world)
    if said.word is not None:
        return plumbing.apply(machine, said.word, value, args, world)
    if kind is not None and kind.fluent:
        return _perhaps_passed(machine, step, value, values, world)
    escaping.leak(machine, step.args, values, world, step.name, step.span)
    return [(world, said.result)]


def _converting(machine: Machine, name: str, kind: Kind) -> tuple[Function, ...]:
    """Return the one method of the program that makes something of its own of a builder."""
    methods = machine.program.methods_named(name, machine.frame.module)
    found = [
        one
        for _, one in methods
        if one.trait and len(one.params) == 1 and machine.kind_of(one.params[0].declared) is kind
    ]
    return tuple(found) if len(found) == 1 else ()


def _perhaps_passed(
    machine: Machine, step: Method, value: Value, values: tuple[Value, ...], world: World
) -> list[Outcome]:
    """Call what isn't known on a builder: it may run a closure on it, as `.when(on, |b| ..)`."""
    found = [one for one in map(bare, values) if isinstance(one, Lambda)]
    idle = len(found) != 1 or len(found[0].closure.params) != 1
    if idle or Known(False) in map(bare, values):
        escaping.leak(machine, step.args, values, world, step.name, step.span)
        return [(world, value)]
    passed = running.run(machine, found[0], (value,), world.fork())
    same = [(after, value) for after, gives in passed if bare(gives) == bare(value)]
    return machine.settle([*same, (world, value)])


def _inherited(machine: Machine, name: str, kind: Kind | None, owner: Path) -> tuple[Function, ...]:
    """Return the method of a trait of the program's own that a thing of this type has."""
    program, here = machine.program, machine.frame.module

    def fits(path: Path, where: Module) -> bool:
        if kind is None:
            return program.key(path, where) == program.key(owner, here)
        meant = (path, program.meaning(path, where))
        return any(machine.api.kind_of_type(one) is kind for one in meant)

    return program.inherited(name, here, fits)


def _only_method(
    machine: Machine, method: Function, values: tuple[Value, ...], world: World
) -> tuple[Function, ...]:
    """Return the one method of its name in the program, if it takes a library's thing as given.

    What it is called on is of a type that isn't known here.
    """
    for param, value in zip(method.params[1:], values, strict=False):
        thing = world.thing(value)
        if thing is not None and thing.kind and machine.kind_of(param.declared):
            return (method,)
    return ()


def _own_method(
    machine: Machine, step: Method, value: Value, values: tuple[Value, ...], world: World
) -> list[Outcome] | None:
    """Call a method of a dictionary or of a class that can be inherited from."""
    thing = world.thing(value)
    args, keywords = binding.arguments(step, values, world)
    if thing is not None and thing.path == mapping.PATH:
        spans = {name: node.span for name, node in step.keywords}
        found = mapping.call(step.name, value, args, keywords, world, spans)
        return [(world, found)] if found is not None else None
    if step.name.startswith(classes.SUPER):
        return classes.above(machine, step.name, value, args, keywords, world)
    functions = classes.method_of(machine, thing, step.name)
    if functions:
        first = () if functions[0].bound == "static" else (value,)
        return running.run_functions(machine, functions, (*first, *args), world, keywords)
    part = thing.parts.get(step.name) if thing is not None else None
    named = isinstance(part, Symbol) and not machine.api.anchored
    if part is not None and not named and bound.is_callable(part, world):
        call = Invoke(step.span, step.args, step.keywords)
        return calls.call_held(machine, part, call, values, world)
    return None


def _owner(thing: Thing | None, value: Value, kind: Kind | None) -> Path:
    if thing is not None and thing.path:
        return thing.path
    if kind is not None:
        return (kind.types[0].rpartition("::")[2],) if kind.types else ()
    if isinstance(value, Symbol):
        return value.path[:-1]
    return value.declared if isinstance(value, Unknown) else ()
