"""Calls: of library functions by their rows, of the program's own by running them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import (
    attributes,
    binding,
    bound,
    classes,
    escaping,
    mapping,
    meanings,
    methods,
    modules,
    plumbing,
    rows,
    running,
    verdicts,
)
from mtlslint.code.arguments import Call
from mtlslint.code.ir import Invoke, Method, Name, Opaque, Path
from mtlslint.code.values import (
    Failed,
    Lambda,
    Outcome,
    Present,
    Routine,
    Symbol,
    Unknown,
    Value,
    World,
    bare,
)
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


def call_path(machine: Machine, name: Name, step: Invoke, world: World) -> list[Outcome]:
    """Call what a path names."""
    held = _held(machine, name, world) if machine.api.anchored else None
    if held is not None:
        return [one for after, value in held for one in call_value(machine, step, value, after)]
    outcomes: list[Outcome] = []
    for after, values in machine.each(binding.nodes_of(step), world):
        outcomes += call_named(machine, name, step, values, after)
    return escaping.lend(step.args, outcomes, name.path[-1])


def _held(machine: Machine, name: Name, world: World) -> list[Outcome] | None:
    """Return what a module's variable holds if that is a function under another name."""
    found = modules.name(machine, name, world) if name.path[0] == "" else None
    known = [(after, value) for after, value in found or () if bound.is_callable(value, after)]
    return known if known and len(known) == len(found or ()) else None


def call_named(
    machine: Machine, name: Name, step: Invoke, values: tuple[Value, ...], world: World
) -> list[Outcome]:
    """Call what a path names, with arguments that are known already."""
    path = name.path
    args, keywords = binding.arguments(step, values, world)
    meant = meanings.called(machine, path)
    if meant.role == "failed":
        return [(world, Failed())]
    if meant.role == "present" and args:
        return [(world, Present(args[0]))]
    if meant.row is not None:
        spans = binding.spans(step, values, world)
        label = _label(machine, path)
        call = Call(_span(name, step), label, None, args, keywords, step.args, spans)
        return rows.apply(machine, meant.row, call, world)
    if meant.word == "set_attribute" and len(args) == 3:
        return attributes.store_by_name(machine, args, _span(name, step), world)
    if meant.word == "mapping":
        spans = binding.spans(step, values, world)
        return [(world, mapping.merged(args, keywords, spans, _span(name, step), world))]
    if meant.word == "partial" and args:
        _foretell(machine, args[0], step, values, world.fork())
        spans = binding.spans(step, values, world)
        return [(world, bound.partial(args, keywords, spans, _span(name, step), world))]
    handed = bound.handed_on(step, values, world) if meant.word == "handed_on" else None
    if handed is not None:
        return call_held(machine, *handed, world)
    if meant.word is not None:
        value = args[0] if args else Unknown()
        return plumbing.apply(machine, meant.word, value, args[1:], world)
    if meant.functions:
        args = binding.written(step, args, name.span)
        return running.run_functions(machine, meant.functions, args, world, keywords)
    if world.rests is not None:
        answered = verdicts.answers(machine, path[-1], None, _span(name, step), world)
        if answered is not None:
            return answered
    if machine.package is not None:
        made = classes.construct(machine, path, _span(name, step), args, keywords, world)
        if made is not None:
            return made
    method = meant.receiver.methods.get(path[-1]) if meant.receiver is not None and args else None
    if method is not None:
        call = Call(_span(name, step), path[-1], args[0], args[1:], keywords, step.args[1:])
        return rows.apply(machine, method, call, world)
    return _construct(machine, name, step, values, world)


def _foretell(
    machine: Machine, callee: Value, step: Invoke, values: tuple[Value, ...], world: World
) -> None:
    """Whoever calls a library's function leaves what was given to it before as it is."""
    row = meanings.find(machine, callee.path) if isinstance(callee, Symbol) else None
    said = {one.arg for one in row.chooses} if row is not None else set()
    if isinstance(callee, Symbol) and not said.isdisjoint(name for name, _ in step.keywords):
        more = (binding.MORE, Opaque(step.span, "given later"))
        call = Invoke(step.span, step.args[1:], (*step.keywords, more))
        given = (*values[1:], Unknown("given later"))
        call_named(machine, Name(step.span, callee.path), call, given, world)


def _label(machine: Machine, path: Path) -> str:
    """How people write the call: from the crate's or module's last part on."""
    return ".".join(path) if machine.api.anchored else "::".join(path[-2:])


def _span(name: Name, step: Invoke) -> Span:
    return Span(name.span.path, name.span.start, max(name.span.end, step.span.end))


def _construct(
    machine: Machine, name: Name, step: Invoke, values: tuple[Value, ...], world: World
) -> list[Outcome]:
    """An own type's constructor keeps what it is given; of anything else nothing is known."""
    path = name.path
    if path[-1][:1].isupper():
        parts = {str(index): value for index, value in enumerate(values)}
        return [(world, machine.create(path, _span(name, step), parts, world))]
    escaping.leak(machine, step.args, values, world, path[-1], name.span)
    own = len(path) > 1 and path[-2][:1].isupper() and path[-1] in _CONSTRUCTORS
    if own and machine.program.implementations_of(path[:-1], machine.frame.module):
        parts = {f"argument {index}": value for index, value in enumerate(values)}
        return [(world, machine.create(path[:-1], _span(name, step), parts, world))]
    parsed = len(path) > 1 and path[-1] in _PARSERS
    known = parsed and machine.program.fields(path[:-1], machine.frame.module)
    return [(world, Unknown(f"result of `{path[-1]}`", path[:-1] if known else ()))]


_PARSERS = frozenset({"parse", "try_parse", "parse_from", "try_parse_from", "from_args"})
"""What makes an object of a type by the options that a program is given."""
_CONSTRUCTORS = frozenset({"new", "default"})


def call_value(machine: Machine, step: Invoke, value: Value, world: World) -> list[Outcome]:
    """Call a value: a closure or function held in a variable."""
    outcomes: list[Outcome] = []
    for after, values in machine.each(binding.nodes_of(step), world):
        outcomes += call_held(machine, value, step, values, after)
    return outcomes


def call_held(
    machine: Machine, value: Value, step: Invoke, values: tuple[Value, ...], world: World
) -> list[Outcome]:
    """Call a value with arguments that are known already."""
    inner, thing = bare(value), world.thing(value)
    if thing is not None and thing.path == bound.PATH:
        callee, step, values = bound.spread(thing, step, values)
        if thing.label:
            sent = Method(step.span, thing.label, step.args, step.keywords)
            return methods.send(machine, sent, callee, values, world)
        return call_held(machine, callee, step, values, world)
    if isinstance(inner, Symbol) and machine.api.anchored:
        return call_named(machine, Name(step.span, inner.path), step, values, world)
    if isinstance(inner, (Lambda, Routine)):
        args, keywords = binding.arguments(step, values, world)
        return running.run(machine, inner, args, world, keywords)
    escaping.leak(machine, step.args, values, world, "a function from elsewhere", step.span)
    return [(world, Unknown("result of a call"))]


def call_by_type(
    machine: Machine, method: Symbol, args: tuple[Value, ...], world: World
) -> list[Outcome]:
    """Call a library's method that is handed on by its type's name."""
    kind = machine.kind_of(method.path[:-1]) if len(method.path) > 1 else None
    row = kind.methods.get(method.path[-1]) if kind else None
    if row is not None and method.span is not None:
        call = Call(method.span, method.path[-1], args[0], args[1:])
        return rows.apply(machine, row, call, world)
    if kind is not None and kind.fluent:
        return [(world, args[0])]
    return [(world, Unknown(f"result of `{method.path[-1]}`"))]
