"""Names, and what is done to values in chains: fields, calls, checks, stores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mtlslint.code import (
    attributes,
    bound,
    calls,
    classes,
    escaping,
    mapping,
    meanings,
    methods,
    modules,
    rows,
    running,
)
from mtlslint.code.arguments import Call
from mtlslint.code.ir import (
    Chain,
    Check,
    Field,
    Index,
    Invoke,
    Method,
    Name,
    Node,
    Path,
    Record,
    Series,
)
from mtlslint.code.items import Module
from mtlslint.code.operators import change_bits
from mtlslint.code.values import (
    NOTHING,
    Bits,
    Failed,
    Items,
    Known,
    Outcome,
    Present,
    Routine,
    Symbol,
    Thing,
    Unknown,
    Value,
    World,
    bare,
    element,
)
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

_CHANGES = frozenset({"insert", "remove", "assign", "keep"})
_MOST = 16
"""Elements up to which a list is known."""


def name(machine: Machine, node: Name, world: World) -> list[Outcome]:
    """Return the value of a variable, constant, function or named value of a library."""
    if len(node.path) == 1 and node.path[0] in world.env:
        return [(world, world.env[node.path[0]])]
    module = machine.frame.module
    if machine.api.variants.get(node.path[-1]) == "nothing":
        return [(world, NOTHING)]
    held = modules.name(machine, node, world)
    if held is not None:
        return held
    if machine.api.anchored:
        return _first_class(machine, node, world)
    constant = machine.program.constant(node.path, module)
    if constant is not None:
        return _constant(machine, constant, world)
    row = meanings.find(machine, node.path)
    if row is not None:
        if row.bits is not None:
            return [(world, Bits(row.bits))]
        call = Call(node.span, "::".join(node.path[-2:]))
        return rows.apply(machine, row, call, world)
    functions = machine.program.functions(node.path, module)
    if functions:
        return [(world, Routine(functions))]
    if machine.program.fields(node.path, module) is not None:
        return [(world, machine.create(node.path, node.span, {}, world))]
    if len(node.path) == 1 and not node.path[0][:1].isupper():
        return [(world, Unknown(f"`{node.path[0]}` is not in sight"))]
    return [(world, Symbol(node.path, node.span))]


def _first_class(machine: Machine, node: Name, world: World) -> list[Outcome]:
    """Functions and classes are values; a library's constant is what its row says."""
    path = node.path
    row = meanings.find(machine, path)
    if row is not None and row.bits is not None:
        return [(world, Bits(row.bits))]
    shared = classes.shared_value(machine, path, world)
    if shared is not None:
        return shared
    functions = machine.program.functions(path, machine.frame.module)
    if functions:
        return [(world, Routine(functions))]
    if len(path) == 1:
        return [(world, Unknown(f"`{path[0]}` is not in sight"))]
    return [(world, Symbol(path, node.span))]


def _constant(machine: Machine, found: tuple[Module, Node], world: World) -> list[Outcome]:
    module, node = found
    if id(node) in machine.active:
        return [(world, Unknown("defined by itself"))]
    machine.active.append(id(node))
    try:
        return running.in_frame(machine, module, None, {}, node, world)
    finally:
        machine.active.pop()


def follow(machine: Machine, node: Chain, world: World) -> list[Outcome]:
    """Return what a chain evaluates to."""
    base, steps = node.base, node.steps
    if machine.package is not None:
        base, steps = modules.unfold(machine, base, steps)
    first = steps[0] if steps else None
    if isinstance(base, Name) and isinstance(first, Invoke) and not _variable(base, world):
        outcomes = calls.call_path(machine, base, first, world)
        steps = steps[1:]
    else:
        outcomes = machine.evaluate(base, world)
        if isinstance(base, Name) and isinstance(first, Method) and _variable(base, world):
            outcomes = _flags(machine, base, first, outcomes)
    for step in steps:
        act = _STEPS[type(step)]
        if len(outcomes) == 1:
            before, value = outcomes[0]
            outcomes = act(machine, step, value, before)
        else:
            outcomes = [one for w, value in outcomes for one in act(machine, step, value, w)]
        if len(outcomes) > 1:
            outcomes = machine.settle(outcomes)
    return outcomes


def _variable(node: Name, world: World) -> bool:
    return len(node.path) == 1 and node.path[0] in world.env


def _flags(machine: Machine, base: Name, step: Method, outcomes: list[Outcome]) -> list[Outcome]:
    """Flags and lists are values, but their methods change the variable that holds them."""
    word = machine.api.plumbing.get(step.name, "")
    if word == "overwrite":
        for world, _ in outcomes:
            escaping.overwrite(base.path[0], world, f"`{step.name}` writes to it")
    if word not in _CHANGES:
        return outcomes
    found: list[Outcome] = []
    for world, value in outcomes:
        if not isinstance(value, Items if word == "keep" else Bits):
            found.append((world, value))
            continue
        for after, values in machine.each(step.args, world):
            after.env[base.path[0]] = _changed(word, value, values)
            found.append((after, after.env[base.path[0]]))
    return found


def _changed(word: str, value: Value, args: tuple[Value, ...]) -> Value:
    if isinstance(value, Bits):
        return change_bits(word, value, args)
    items = value.items if isinstance(value, Items) else ()
    return Items((*items, *args)) if len(items) < _MOST else Unknown("a long list")


def _attribute(machine: Machine, step: Field, value: Value, world: World) -> list[Outcome]:
    functions = classes.method_of(machine, world.thing(value), step.name)
    if functions and functions[0].bound == "property":
        return running.run_functions(machine, functions, (value,), world)
    return [(world, _field(machine, step, value, world))]


def _field(machine: Machine, step: Field, value: Value, world: World) -> Value:
    value = bare(value)
    if isinstance(value, Items):
        number = int(step.name) if step.name.isdigit() else len(value.items)
        return value.items[number] if number < len(value.items) else Unknown("out of range")
    thing = world.thing(value)
    if thing is not None:
        if step.name in thing.parts:
            return thing.parts[step.name]
        kind = machine.api.kinds.get(thing.kind)
        if kind is not None and step.name in kind.methods and machine.api.anchored:
            return bound.method(value, step.name, step.span, world)
        if kind is not None and kind.fluent:
            return value
    declared = thing.path if thing is not None else getattr(value, "declared", ())
    fields = machine.program.fields(declared, machine.frame.module) if declared else None
    inner = (fields or {}).get(step.name, ())
    if inner:
        found = typed(machine, inner, step.span, world)
        usual = machine.program.usual(declared, machine.frame.module).get(step.name)
        if usual is not None and isinstance(found, Unknown):
            found = replace(found, usual=usual)
        if thing is not None:
            world.update(value, thing.part(step.name, found))
        return found
    return Unknown(f"field `{step.name}`")


def _index(machine: Machine, step: Index, value: Value, world: World) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for after, values in machine.each(step.args, world):
        index = bare(values[0]) if len(values) == 1 else None
        items = bare(value)
        holder = after.thing(value)
        if holder is not None and holder.path == mapping.PATH and values:
            found = mapping.get(holder, values[0])
            outcomes.append((after, found or Unknown("no such key")))
            continue
        inner = _member(machine, items, index) or element(value)
        if isinstance(items, Items) and isinstance(index, Known) and isinstance(index.value, int):
            inside = -len(items.items) <= index.value < len(items.items)
            inner = items.items[index.value] if inside else Unknown("out of range")
        outcomes.append((after, inner))
    return outcomes


def _member(machine: Machine, value: Value, key: Value | None) -> Value | None:
    """Return the member of a library's enumeration that a text names."""
    if not isinstance(value, Symbol) or not machine.api.anchored or not isinstance(key, Known):
        return None
    named = isinstance(key.value, str) and machine.api.key(value.path) is not None
    return Symbol((*value.path, str(key.value)), value.span) if named else None


def _check(machine: Machine, step: Check, value: Value, world: World) -> list[Outcome]:
    if isinstance(value, Failed) or value == NOTHING:
        machine.frame.returns.append((world, value))
        return []
    if isinstance(value, Present):
        return [(world, value.value)]
    machine.may_fail(world, value)
    return [(world, value)]


_STEPS: Mapping[type, Callable[[Machine, Any, Value, World], list[Outcome]]] = {
    Field: _attribute,
    Method: methods.call_method,
    Invoke: calls.call_value,
    Index: _index,
    Check: _check,
}


def typed(machine: Machine, declared: Path, span: Span, world: World) -> Value:
    """Return a value of which only the type is known."""
    kind = machine.kind_of(declared)
    if kind is None:
        return Unknown(f"a {declared[-1]} from elsewhere", declared)
    return world.add(Thing(kind.name, span, label=declared[-1], param=True))


def make_record(
    machine: Machine, node: Record, fields: dict[str, Value], base: Value, world: World
) -> Value:
    """Return an instance of a library's or the program's own type."""
    if node.path == mapping.PATH:
        return mapping.make(fields, node.span, world, {k: one.span for k, one in node.fields})
    row = meanings.find(machine, node.path)
    if row is not None:
        keywords = dict(fields)
        call = Call(node.span, node.path[-1], keywords=keywords)
        return rows.apply(machine, row, call, world)[0][1]
    below = world.thing(base)
    parts = {**(below.parts if below else {}), **fields}
    return machine.create(node.path, node.span, parts, world)


def store(machine: Machine, target: Node, value: Value, span: Span, world: World) -> list[Outcome]:
    """Assign a value to a variable, a field, or something that isn't followed."""
    done: Value = Items(())
    if isinstance(target, Name) and len(target.path) > 1:
        named, rest = modules.unfold(machine, target, ())
        target = Chain(target.span, named, rest) if rest else named
    if isinstance(target, Name):
        if len(target.path) == 1:
            world.forget(target.path[0])
            world.env[target.path[0]] = value
        elif not modules.store(machine, target.path, value, world):
            _store_item(machine, target.path, value, span, world)
        return [(world, done)]
    if isinstance(target, Series):
        return _store_each(machine, target, value, span, world)
    if isinstance(target, Chain) and isinstance(target.steps[-1], Method | Invoke):
        return [(world, done)]
    if isinstance(target, Chain) and isinstance(target.steps[-1], Index):
        return _store_index(machine, target, value, span, world)
    if not isinstance(target, Chain) or not isinstance(target.steps[-1], Field):
        return [(w, done) for w, _ in machine.evaluate(target, world)]
    base, steps = modules.unfold(machine, target.base, target.steps)
    target = replace(target, base=base, steps=steps)
    holder = replace(target, steps=target.steps[:-1])
    field = target.steps[-1]
    assert isinstance(field, Field)
    outcomes: list[Outcome] = []
    for after, owner in machine.evaluate(holder, world):
        if isinstance(target.base, Name):
            after.forget(target.base.path[0])
        outcomes += attributes.store(machine, field.name, owner, value, span, after)
    return outcomes


def _store_item(machine: Machine, path: Path, value: Value, span: Span, world: World) -> None:
    """Something of a library's own is replaced: what that means has a row by itself."""
    row = meanings.find(machine, (*path[:-1], f"{path[-1]}="))
    if row is not None:
        rows.apply(machine, row, Call(span, ".".join(path), args=(value,)), world)


def _store_each(
    machine: Machine, target: Series, value: Value, span: Span, world: World
) -> list[Outcome]:
    """Take a tuple apart."""
    items = bare(value)
    known = items.items if isinstance(items, Items) else ()
    worlds = [world]
    for index, one in enumerate(target.items):
        fits = len(known) == len(target.items)
        part = known[index] if fits else Unknown("taken apart")
        worlds = [after for w in worlds for after, _ in store(machine, one, part, span, w)]
    return [(after, Items(())) for after in worlds]


def _store_index(
    machine: Machine, target: Chain, value: Value, span: Span, world: World
) -> list[Outcome]:
    step = target.steps[-1]
    assert isinstance(step, Index)
    outcomes: list[Outcome] = []
    holder = replace(target, steps=target.steps[:-1])
    for before, owner in machine.evaluate(holder, world):
        for after, keys in machine.each(step.args, before):
            thing = after.thing(owner)
            if thing is not None and thing.path == mapping.PATH and keys:
                mapping.put(owner, keys[0], value, after, span)
            elif isinstance(target.base, Name) and len(target.steps) == 1:
                _store_element(target.base, bare(owner), keys, value, after)
            outcomes.append((after, Items(())))
    return outcomes


def _store_element(
    base: Name, owner: Value, keys: tuple[Value, ...], value: Value, world: World
) -> None:
    """Write to one element of a list that a variable holds, or to nobody knows which."""
    if not isinstance(owner, Items) or not _variable(base, world):
        return
    key = bare(keys[0]) if len(keys) == 1 else None
    index = key.value if isinstance(key, Known) else None
    changed: Value = Unknown("some of it was written to")
    if isinstance(index, int) and 0 <= index < len(owner.items):
        changed = Items((*owner.items[:index], value, *owner.items[index + 1 :]))
    world.env[base.path[0]] = changed
