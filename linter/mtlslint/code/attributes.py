"""Attributes that are set: of a library's things by their rows, also under a computed name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import escaping, rows
from mtlslint.code.arguments import Call
from mtlslint.code.values import Items, Known, Outcome, Thing, Value, World, bare
from mtlslint.model import Setting
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


def store(
    machine: Machine, field: str, owner: Value, value: Value, span: Span, world: World
) -> list[Outcome]:
    """Set an attribute of a thing."""
    thing = world.thing(owner)
    if thing is None:
        escaping.escape(machine, value, world)
        return [(world, Items(()))]
    kind = machine.api.kinds.get(thing.kind)
    row = kind.fields.get(field) if kind else None
    if row is None:
        world.update(owner, thing.part(field, value))
        return [(world, Items(()))]
    call = Call(span, field, receiver=owner, args=(value,))
    return [(after, Items(())) for after, _ in rows.apply(machine, row, call, world)]


def store_by_name(
    machine: Machine, args: tuple[Value, ...], span: Span, world: World
) -> list[Outcome]:
    """Set the attribute that the second argument names; one that isn't known may be any."""
    owner, key, value = args
    name = bare(key)
    if isinstance(name, Known) and isinstance(name.value, str):
        return store(machine, name.value, owner, value, span, world)
    thing = world.thing(owner)
    if thing is not None and thing.kind:
        world.update(owner, _blurred(thing, span))
    return [(world, Items(()))]


def _blurred(thing: Thing, span: Span) -> Thing:
    note = "an attribute of a computed name may set it"
    return thing.having(
        {
            name: Setting(None, span, via=(one.span,), note=note)
            for name, one in thing.settings.items()
        }
    )
