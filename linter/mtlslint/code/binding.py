"""How arguments get to parameters: by position, by name, by default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mtlslint.code import mapping
from mtlslint.code.ir import Capture, Invoke, Literal, Method, Node
from mtlslint.code.items import Function, Param
from mtlslint.code.patterns import fit
from mtlslint.code.values import Items, Known, Symbol, Unknown, Value, World, bare
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

Call = Method | Invoke
Keywords = dict[str, Value]
MORE = "**"
"""The keyword that says that there may be others."""


def nodes_of(step: Call) -> tuple[Node, ...]:
    """Return all arguments of a call as they are written."""
    return (*step.args, *(node for _, node in step.keywords)) if step.keywords else step.args


def arguments(
    step: Call, values: tuple[Value, ...], world: World
) -> tuple[tuple[Value, ...], Keywords]:
    """Part the values of a call's arguments into positional ones and keywords, spread out."""
    if not step.keywords:
        return values, {}
    args = values[: len(step.args)]
    keywords: Keywords = {}
    for (name, _), value in zip(step.keywords, values[len(args) :], strict=False):
        if name == "*":
            items = bare(value)
            if isinstance(items, Items):
                args = (*args, *items.items)
            else:
                keywords[MORE] = Unknown("passed on")
        elif name == MORE:
            keywords |= _spread(value, world)
        else:
            keywords[name] = value
    return args, keywords


def spans(step: Call, values: tuple[Value, ...], world: World) -> dict[str, Span]:
    """Return where named arguments are written, those of a spread dictionary too."""
    if not step.keywords:
        return {}
    found: dict[str, Span] = {}
    for (name, node), value in zip(step.keywords, values[len(step.args) :], strict=False):
        if name == MORE:
            thing = world.thing(value)
            found |= thing.spans if thing is not None else {}
        else:
            found[name] = node.span
    return found


def _spread(value: Value, world: World) -> Keywords:
    thing = world.thing(value)
    if thing is None or thing.path != mapping.PATH:
        return {MORE: Unknown("passed on")}
    found = dict(thing.parts)
    unknown = found.pop(mapping.OPEN, None)
    return {**found, MORE: Unknown("passed on")} if unknown is not None else found


def written(step: Call, values: tuple[Value, ...], head: Span) -> tuple[Value, ...]:
    """Note of literals where they are handed over; `head` is where the call begins."""
    if not any(isinstance(node, Literal) for node in step.args):
        return values
    span = Span(head.path, head.start, max(head.end, step.span.end))
    found = list(values)
    for index, (node, value) in enumerate(zip(step.args, values, strict=False)):
        if isinstance(node, Literal) and isinstance(value, Known):
            found[index] = replace(value, said=span)
    return tuple(found)


def bind(
    machine: Machine,
    function: Function,
    values: tuple[Value, ...],
    keywords: Mapping[str, Value],
    world: World,
) -> dict[str, Value]:
    """Return the variables a function starts with."""
    env: dict[str, Value] = {}
    if function.bound == "class" and not (values and isinstance(bare(values[0]), Symbol)):
        values = (Symbol(function.owner), *values)
    if values and function.owner and function.params:
        values = (_own(function, values[0]), *values[1:])
    left = dict(keywords)
    position = 0
    for param in function.params:
        name = param.pattern.name if isinstance(param.pattern, Capture) else ""
        if param.rest == "*":
            env[name] = Items(values[position:])
            position = len(values)
            continue
        if param.rest == "**":
            env[name] = mapping.make(left, function.span, world)
            continue
        if position < len(values):
            value = values[position]
            position += 1
        elif name in left:
            value = left.pop(name)
        else:
            value = _missing(machine, param, MORE in left, world)
        env.update(fit(param.pattern, value, world, machine.api.variants)[1])
    return env


def _own(function: Function, value: Value) -> Value:
    """Of what a method is called on, its type is known at least."""
    first = function.params[0].pattern
    if isinstance(value, Unknown) and first == Capture("self"):
        return replace(value, declared=function.owner)
    return value


def _missing(machine: Machine, param: Param, perhaps: bool, world: World) -> Value:
    if param.default is None or perhaps:
        return Unknown("parameter", param.declared)
    outcomes = machine.evaluate(param.default, world)
    return outcomes[0][1] if len(outcomes) == 1 else Unknown("parameter", param.declared)
