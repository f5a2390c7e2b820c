"""Fields of objects that methods set which nobody ran: their values are as good as unknown.

An object is remembered as it was when somebody made it. Whoever uses a library may then call
methods on it of which no caller is in sight.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mtlslint.code.ir import Assign, Chain, Field, Name, Record
from mtlslint.code.items import Function
from mtlslint.code.values import NOTHING, Items, Known, Symbol, Unknown, Value, World, bare

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

_SELF = ("self",)


def forget_set(
    machine: Machine, function: Function, value: Value, world: World, every: bool
) -> None:
    """Forget what other methods may set; `every`: also those that ran, whose objects were cut."""
    thing = world.thing(value)
    if thing is None:
        return
    for other in _others(machine, function):
        if not every and id(other) in machine.reached:
            continue
        for name in set(_set_by(machine, other)):
            part = bare(thing.parts[name]) if name in thing.parts else None
            if part == NOTHING or isinstance(part, Known | Symbol | Items):
                thing = thing.part(name, Unknown(f"`{other.name}` may set it"))
    world.update(value, thing)


def _others(machine: Machine, function: Function) -> Iterator[Function]:
    program = machine.program
    key = program.key(function.owner, program.module_of[id(function)])
    for other in program.methods_of(function.owner[-1]):
        if other is not function and program.key(other.owner, program.module_of[id(other)]) == key:
            yield other


def _set_by(machine: Machine, function: Function) -> Iterator[str]:
    """Yield the fields of its object that a method sets."""
    nodes = machine.program.nodes(function.body)
    for one in nodes.get(Assign, ()):
        target = one.target if isinstance(one, Assign) else None
        if isinstance(target, Chain) and len(target.steps) == 1 and _is_self(target.base):
            step = target.steps[0]
            if isinstance(step, Field):
                yield step.name
    for one in nodes.get(Record, ()):
        if isinstance(one, Record) and one.base is not None and _is_self(one.base):
            yield from (name for name, _ in one.fields)


def _is_self(node: object) -> bool:
    return isinstance(node, Name) and node.path == _SELF
