"""Fields of objects that methods set which nobody ran: their values are as good as unknown.

An object is remembered as it was when somebody made it. Whoever uses a library may then call
methods on it of which no caller is in sight, and hand it to the library's public functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from mtlslint.code.ir import Assign, Chain, Field, Name, Record
from mtlslint.code.items import Function
from mtlslint.code.values import (
    NOTHING,
    Items,
    Known,
    Symbol,
    Thing,
    Unknown,
    Value,
    World,
    bare,
    reachable,
)

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


def as_of_strangers(machine: Machine, values: tuple[Value, ...], world: World) -> World | None:
    """Return a world in which switches stand as strangers may set them; None if there are none.

    Those are switches of a library's objects that its users can reach. Nothing else is in that
    world: what the caller has made is none of a stranger's business.
    """
    heap = {n: world.heap[n] for n in reachable(world, *values) if n in world.heap}
    found = World(heap=dict(heap), build=dict(world.build))
    forget_switches(machine, found)
    return found if found.heap != heap else None


def forget_switches(machine: Machine, world: World) -> None:
    """Forget how switches stand that whoever uses a library may set."""
    for handle, thing in world.heap.items():
        for name in _open_to_strangers(machine, thing) if thing.path else ():
            part = bare(thing.parts[name]) if name in thing.parts else None
            if isinstance(part, Symbol) or (
                isinstance(part, Known) and isinstance(part.value, bool)
            ):
                thing = thing.part(name, Unknown(f"whoever uses the library may set `{name}`"))
        world.heap[handle] = thing


def _open_to_strangers(machine: Machine, thing: Thing) -> Set[str]:
    """Return the fields of an object that are public, or that public methods set."""
    program, name = machine.program, thing.path[-1]
    key = program.key(thing.path, machine.frame.module)
    if key not in machine.settable:
        machine.settable[key] = frozenset(
            field
            for module in program.modules
            for owner, fields in module.exposed.items()
            if owner[-1] == name and program.key(owner, module) == key
            for field in fields
        )
    return machine.settable[key]


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
