"""Modules that are loaded: their variables live in the heap, as an object's parts do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mtlslint.code import running
from mtlslint.code.ir import Assign, Chain, Field, Invoke, Method, Name, Node, Path, Step
from mtlslint.code.items import Module
from mtlslint.code.values import Outcome, Ref, Thing, Unknown, Value, World
from mtlslint.code.walk import nodes_in
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


def reference(module: Module) -> Ref:
    """Return what stands for a module in every world."""
    return Ref((Span(module.path, -1, -1), 0))


def load(machine: Machine, module: Module, world: World) -> list[World]:
    """Return the worlds in which a module has been loaded."""
    ref = reference(module)
    if ref.id in world.heap or module.body is None:
        return [world]
    world.heap[ref.id] = Thing("", module.body.span)
    outcomes = running.in_frame(machine, module, None, {}, module.body, world)
    return [after for after, _ in outcomes]


def unfold(machine: Machine, base: Node, steps: tuple[Step, ...]) -> tuple[Node, tuple[Step, ...]]:
    """Part a name that was written with dots into what it names and attributes of that."""
    program = machine.package
    if program is None or not isinstance(base, Name) or len(base.path) < 2:
        return base, steps
    if machine.api.key(base.path) is not None:
        return base, steps
    path, rest = program.split(base.path, machine.frame.module)
    if path == base.path:
        return base, steps
    fields: list[Step] = [Field(base.span, part) for part in rest]
    if rest and steps and isinstance(steps[0], Invoke):
        first = steps[0]
        fields[-1] = Method(base.span, rest[-1], first.args, first.keywords)
        steps = steps[1:]
    return replace(base, path=path), (*fields, *steps)


def name(machine: Machine, node: Name, world: World) -> list[Outcome] | None:
    """Return the value of a module's variable; None if the path means something else."""
    if machine.package is None or len(node.path) < 2:
        return None
    base, steps = unfold(machine, node, ())
    if steps:
        return machine.evaluate(Chain(node.span, base, steps), world)
    assert isinstance(base, Name)
    holder = _holder(machine, base.path)
    if holder is None:
        return None if base.path == node.path else machine.evaluate(base, world)
    last = base.path[-1]
    if last in holder.types or any(f.name == last and not f.owner for f in holder.functions):
        return None if base.path == node.path else machine.evaluate(base, world)
    ref = reference(holder)
    return [
        (after, after.heap[ref.id].parts.get(last, Unknown(f"`{last}` is not in sight")))
        for after in load(machine, holder, world)
    ]


def store(machine: Machine, path: Path, value: Value, world: World) -> bool:
    """Assign to a module's variable; False if the path is none."""
    holder = _holder(machine, path)
    if holder is None:
        return False
    ref = reference(holder)
    if ref.id in world.heap:
        world.heap[ref.id] = world.heap[ref.id].part(path[-1], value)
    return True


def is_optional(module: Module, path: Path) -> bool:
    """Whether a module imports something and binds the name otherwise where that fails."""
    if path not in module.imports.values() or module.body is None:
        return False
    return any(
        isinstance(node, Assign) and isinstance(node.target, Name) and node.target.path == path
        for node in nodes_in(module.body)
    )


def _holder(machine: Machine, path: Path) -> Module | None:
    program = machine.package
    if program is None or path[0] != "":
        return None
    return program.module_at(path[:-1], machine.frame.module)
