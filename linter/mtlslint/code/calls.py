"""Calls: of library functions by their rows, of the program's own by running them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mtlslint.code import binding, classes, mapping, plumbing, rows, running, verdicts
from mtlslint.code.api import Row
from mtlslint.code.ir import Borrow, Invoke, Literal, Method, Name, Node, Path
from mtlslint.code.items import Function
from mtlslint.code.values import (
    Failed,
    Items,
    Known,
    Lambda,
    Outcome,
    Present,
    Routine,
    Symbol,
    Thing,
    Unknown,
    Value,
    World,
    bare,
)
from mtlslint.model import Origin, Setting
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

_HERE = ("", "self", "crate", "super")


def is_own(machine: Machine, path: Path) -> bool:
    """Whether a path leads to a type that the program itself defines."""
    module = machine.frame.module
    if path[0] not in _HERE and not machine.program.has_module(path[0], module):
        return False
    types = [path[:end] for end in (len(path), len(path) - 1) if end]
    return any(machine.program.fields(one, module) is not None for one in types)


def find(machine: Machine, path: Path) -> Row | None:
    """Return the row of a path as this module would mean it."""
    key = (path, id(machine.frame.module))
    if key not in machine.found:
        machine.found[key] = _find(machine, path)
    return machine.found[key]


def _find(machine: Machine, path: Path) -> Row | None:
    if is_own(machine, path):
        return None
    row = machine.api.find(path)
    if row is None:
        path = machine.program.meaning(path, machine.frame.module)
        row = machine.api.find(path) if not is_own(machine, path) else None
    if row is None and path[0] not in _HERE:
        for glob in machine.frame.module.globs:
            row = row or machine.api.find((*glob, *path))
    return row


def call_path(machine: Machine, name: Name, step: Invoke, world: World) -> list[Outcome]:
    """Call what a path names."""
    outcomes: list[Outcome] = []
    for after, values in machine.each(binding.nodes_of(step), world):
        outcomes += _call(machine, name, step, values, after)
    return outcomes


def _call(
    machine: Machine, name: Name, step: Invoke, values: tuple[Value, ...], world: World
) -> list[Outcome]:
    path = name.path
    args, keywords = binding.arguments(step, values, world)
    role = machine.api.variants.get(path[-1])
    if role == "failed":
        return [(world, Failed())]
    if role == "present" and args:
        return [(world, Present(args[0]))]
    row = find(machine, path)
    if row is not None:
        label = _label(machine, path)
        call = rows.Call(
            _span(name, step),
            label,
            None,
            args,
            keywords,
            step.args,
            binding.spans(step, values, world),
        )
        return rows.apply(machine, row, call, world)
    bare_words = len(path) > 1 or machine.api.anchored
    word = machine.api.plumbing.get("::".join(path[-2:])) if bare_words else None
    if word is not None:
        return plumbing.apply(machine, word, args[0] if args else Unknown(), args[1:], world)
    functions = machine.program.functions(path, machine.frame.module)
    if functions:
        args = _written(step, args, _span(name, step))
        return running.run_functions(machine, functions, args, world, keywords)
    answered = verdicts.answers(machine, path[-1], None, _span(name, step), world)
    if answered is not None:
        return answered
    made = classes.construct(machine, path, _span(name, step), args, keywords, world)
    if made is not None:
        return made
    method = _as_method(machine, path, args)
    if method is not None:
        call = rows.Call(_span(name, step), path[-1], args[0], args[1:], keywords, step.args[1:])
        return rows.apply(machine, method, call, world)
    return _construct(machine, name, step, values, world)


def _label(machine: Machine, path: Path) -> str:
    """How people write the call: from the crate's or module's last part on."""
    return ".".join(path) if machine.api.anchored else "::".join(path[-2:])


def _span(name: Name, step: Invoke) -> Span:
    return Span(name.span.path, name.span.start, max(name.span.end, step.span.end))


def _as_method(machine: Machine, path: Path, args: tuple[Value, ...]) -> Row | None:
    """`Type::method(receiver, ...)` is a method call."""
    kind = machine.kind_of(path[:-1]) if len(path) > 1 and args else None
    return kind.methods.get(path[-1]) if kind else None


def _construct(
    machine: Machine, name: Name, step: Invoke, values: tuple[Value, ...], world: World
) -> list[Outcome]:
    """An own type's constructor keeps what it is given; of anything else nothing is known."""
    path = name.path
    if path[-1][:1].isupper():
        parts = {str(index): value for index, value in enumerate(values)}
        return [(world, machine.create(path, _span(name, step), parts, world))]
    leak(machine, step.args, values, world, path[-1], name.span)
    own = len(path) > 1 and path[-2][:1].isupper() and path[-1] in _CONSTRUCTORS
    if own and machine.program.implementations_of(path[:-1], machine.frame.module):
        parts = {f"argument {index}": value for index, value in enumerate(values)}
        return [(world, machine.create(path[:-1], _span(name, step), parts, world))]
    return [(world, Unknown(f"result of `{path[-1]}`"))]


_CONSTRUCTORS = frozenset({"new", "default"})


def call_value(machine: Machine, step: Invoke, value: Value, world: World) -> list[Outcome]:
    """Call a value: a closure or function held in a variable."""
    outcomes: list[Outcome] = []
    for after, values in machine.each(binding.nodes_of(step), world):
        inner = bare(value)
        if isinstance(inner, Symbol) and machine.api.anchored:
            outcomes += _call(machine, Name(step.span, inner.path), step, values, after)
        elif isinstance(inner, (Lambda, Routine)):
            args, keywords = binding.arguments(step, values, after)
            outcomes += running.run(machine, inner, args, after, keywords)
        else:
            leak(machine, step.args, values, after, "a function from elsewhere", step.span)
            outcomes.append((after, Unknown("result of a call")))
    return outcomes


def call_by_type(
    machine: Machine, method: Symbol, args: tuple[Value, ...], world: World
) -> list[Outcome]:
    """Call a library's method that is handed on by its type's name."""
    kind = machine.kind_of(method.path[:-1]) if len(method.path) > 1 else None
    row = kind.methods.get(method.path[-1]) if kind else None
    if row is not None and method.span is not None:
        call = rows.Call(method.span, method.path[-1], args[0], args[1:])
        return rows.apply(machine, row, call, world)
    if kind is not None and kind.fluent:
        return [(world, args[0])]
    return [(world, Unknown(f"result of `{method.path[-1]}`"))]


def call_method(machine: Machine, step: Method, value: Value, world: World) -> list[Outcome]:
    """Call a method on a value."""
    outcomes: list[Outcome] = []
    for after, values in machine.each(binding.nodes_of(step), world):
        outcomes += _method(machine, step, value, values, after)
    return outcomes


def _method(
    machine: Machine, step: Method, value: Value, values: tuple[Value, ...], world: World
) -> list[Outcome]:
    thing = world.thing(value)
    kind = machine.api.kinds.get(thing.kind) if thing else None
    args, keywords = binding.arguments(step, values, world)
    own = _own_method(machine, step, value, args, keywords, world)
    if own is not None:
        return own
    inner = classes.passed_on(machine, thing, step.name, world)
    if inner is not None:
        return _method(machine, step, inner, values, world)
    if thing is None and _tells(machine, step.name, value):
        kind = machine.api.kinds[machine.api.anywhere[step.name]]
        value = world.add(Thing(kind.name, step.span, param=True))
    row = kind.methods.get(step.name.removeprefix(classes.SUPER)) if kind else None
    module = machine.frame.module
    if kind is not None and (row is None or row.phantom) and machine.api.is_forked(kind):
        # What the published library doesn't have may do anything.
        escape(machine, value, world, step.name, step.span, mutable=True)
        return [(world, value)]
    if row is not None and not (row.phantom and machine.program.extends(step.name, module)):
        spans = binding.spans(step, values, world)
        call = rows.Call(step.span, step.name, value, args, keywords, step.args, spans)
        return rows.apply(machine, row, call, world)
    owner = _owner(thing, value, kind)
    functions = machine.program.methods(owner, step.name, module) if owner else ()
    if not functions and kind is None:
        functions = _only_method(machine, step.name, values, world)
    if functions:
        values = _written(step, values, step.span)
        return running.run_functions(machine, functions, (value, *values), world)
    answered = verdicts.answers(machine, step.name, value, step.span, world)
    if answered is not None:
        return answered
    word = machine.api.plumbing.get(step.name)
    if word is not None:
        return plumbing.apply(machine, word, value, args, world)
    leak(machine, step.args, values, world, step.name, step.span)
    if kind is not None and kind.fluent:
        return [(world, value)]
    return [(world, Unknown(f"result of `{step.name}`"))]


def _written(step: Invoke | Method, values: tuple[Value, ...], span: Span) -> tuple[Value, ...]:
    """Note of literals where they are handed over."""
    if not any(isinstance(node, Literal) for node in step.args):
        return values
    found = list(values)
    for index, (node, value) in enumerate(zip(step.args, values, strict=False)):
        if isinstance(node, Literal) and isinstance(value, Known):
            found[index] = replace(value, said=span)
    return tuple(found)


def _only_method(
    machine: Machine, name: str, values: tuple[Value, ...], world: World
) -> tuple[Function, ...]:
    """Return the one method of that name in the program, if it takes a library's thing as given.

    What it is called on is of a type that isn't known here.
    """
    found = machine.program.methods_named(name, machine.frame.module)
    if len(found) != 1 or machine.api.anchored:
        return ()
    method = found[0][1]
    for param, value in zip(method.params[1:], values, strict=False):
        thing = world.thing(value)
        if thing is not None and thing.kind and machine.kind_of(param.declared):
            return (method,)
    return ()


def _own_method(
    machine: Machine,
    step: Method,
    value: Value,
    args: tuple[Value, ...],
    keywords: Mapping[str, Value],
    world: World,
) -> list[Outcome] | None:
    """Call a method of a dictionary or of a class that can be inherited from."""
    thing = world.thing(value)
    if thing is not None and thing.path == mapping.PATH:
        found = mapping.call(step.name, value, args, keywords, world)
        return [(world, found)] if found is not None else None
    if step.name.startswith(classes.SUPER):
        return classes.above(machine, step.name, value, args, keywords, world)
    functions = classes.method_of(machine, thing, step.name)
    if functions:
        first = () if functions[0].bound == "static" else (value,)
        return running.run_functions(machine, functions, (*first, *args), world, keywords)
    part = bare(thing.parts[step.name]) if thing is not None and step.name in thing.parts else None
    if isinstance(part, (Lambda, Routine)):
        return running.run(machine, part, args, world, keywords)
    if isinstance(part, Symbol) and machine.api.anchored:
        call = Invoke(step.span, step.args, step.keywords)
        values = (*args, *keywords.values()) if not step.keywords else args
        return _call(machine, Name(step.span, part.path), call, values, world)
    return None


def _tells(machine: Machine, name: str, value: Value) -> bool:
    """Whether a method's name says what an unknown receiver is."""
    if not isinstance(value, Unknown) or value.declared or name not in machine.api.anywhere:
        return False
    return not machine.program.defines_method(name, machine.frame.module)


def _owner(thing: Thing | None, value: Value, kind: object) -> Path:
    if thing is not None and thing.path:
        return thing.path
    if kind is not None:
        types: tuple[str, ...] = getattr(kind, "types", ())
        return (types[0].rpartition("::")[2],) if types else ()
    if isinstance(value, Symbol):
        return value.path[:-1]
    return value.declared if isinstance(value, Unknown) else ()


def leak(
    machine: Machine,
    nodes: tuple[Node, ...],
    values: tuple[Value, ...],
    world: World,
    callee: str,
    span: Span,
) -> None:
    """Arguments go where nobody sees them: what can still be changed there becomes unknown."""
    for index, value in enumerate(values):
        node = nodes[index] if index < len(nodes) else None
        if isinstance(node, Borrow) and not node.mutable:
            _run_closures(machine, value, world)
            continue
        escape(machine, value, world, callee, span, isinstance(node, Borrow))


def escape(
    machine: Machine,
    value: Value,
    world: World,
    callee: str = "",
    span: Span | None = None,
    mutable: bool = False,
    depth: int = 4,
) -> None:
    """Mark what a value refers to as out of sight."""
    value = bare(value)
    if isinstance(value, Items) and depth:
        for item in value.items:
            escape(machine, item, world, callee, span, mutable, depth - 1)
    thing = world.thing(value)
    if thing is None:
        _run_closures(machine, value, world)
        return
    for part in thing.parts.values() if depth else ():
        escape(machine, part, world, callee, span, mutable, depth - 1)
    thing = world.thing(value) or thing
    kind = machine.api.kinds.get(thing.kind)
    if kind is None and not machine.api.anchored:
        return  # Whether the program's own objects are in sight matters only with classes.
    thing = thing if thing.escaped else replace(thing, escaped=True)
    if span is not None and kind is not None and (mutable or not kind.finished) and not kind.fixed:
        note = f"`{callee}` may change it"
        settings = {
            key: Setting(None, old.span, old.origin, (*old.via, span), note)
            for key, old in thing.settings.items()
            if mutable or kind.meant or old.origin is not Origin.EXPLICIT
        }
        thing = thing.having(settings)
    world.update(value, thing)


def _run_closures(machine: Machine, value: Value, world: World) -> None:
    """A closure handed on is run once for what it does; this world goes on without it."""
    if isinstance(value, Lambda):
        inside = world.fork()
        outcomes = running.run(machine, value, (), inside)
        if outcomes and isinstance(value, Lambda):
            world.heap, world.opened = outcomes[0][0].heap, outcomes[0][0].opened
            machine.abandoned.extend(after for after, _ in outcomes[1:])
