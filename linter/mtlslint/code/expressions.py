"""Evaluates expressions, apart from chains."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mtlslint.code import chain, escaping, ir
from mtlslint.code.operators import operate
from mtlslint.code.patterns import fit
from mtlslint.code.values import (
    BLANK,
    NOTHING,
    Items,
    Known,
    Lambda,
    Outcome,
    Unknown,
    Value,
    World,
    as_usual,
    bare,
)

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


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
        outcomes.append((after, _usually(node, text, values)))
    return outcomes


def _usually(node: ir.Template, text: str, values: tuple[Value, ...]) -> Value:
    """Return a text; if its beginning may be set, with what it is unless somebody does."""
    usual = map(_text, map(as_usual, values))
    if not text.startswith(BLANK) or as_usual(values[0]) == bare(values[0]):
        return Known(text)
    whole = "".join(part if isinstance(part, str) else next(usual) for part in node.parts)
    return Known(text, usual=whole)


def _text(value: Value) -> str:
    value = bare(value)
    if isinstance(value, Known) and value.value is not None:
        return str(value.value)
    return BLANK


def _closure(machine: Machine, node: ir.Closure, world: World) -> list[Outcome]:
    for one in machine.program.nodes(node.body).get(ir.Assign, ()):
        if isinstance(one.target, ir.Name) and len(one.target.path) == 1:
            escaping.overwrite(one.target.path[0], world, "a closure may change it")
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


def _opaque(machine: Machine, node: ir.Opaque, world: World) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for after, values in machine.each(node.children, world):
        for value in values:
            escaping.escape(machine, value, after)
        outcomes.append((after, Unknown(node.reason)))
    return outcomes


HANDLERS: dict[type, Callable[[Machine, Any, World], list[Outcome]]] = {
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
    ir.Opaque: _opaque,
}
