"""What goes out of sight: it may be changed there, and closures are run there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import running
from mtlslint.code.ir import Borrow, Chain, Index, Name, Node
from mtlslint.code.values import (
    LEADING,
    Items,
    Lambda,
    Outcome,
    Unknown,
    Value,
    World,
    bare,
    reachable,
)
from mtlslint.model import Origin, Setting
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine


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
        if type(value) not in LEADING:
            continue
        node = nodes[index] if index < len(nodes) else None
        if isinstance(node, Borrow) and not node.mutable:
            _run_closures(machine, value, world)
            continue
        escape(machine, value, world, callee, span, isinstance(node, Borrow))


def lend(nodes: tuple[Node, ...], outcomes: list[Outcome], callee: str) -> list[Outcome]:
    """Plain variables that a call may write to are no longer known after it."""
    for node in nodes:
        if not isinstance(node, Borrow) or not node.mutable:
            continue
        lent = node.value
        if isinstance(lent, Chain) and all(isinstance(step, Index) for step in lent.steps):
            lent = lent.base
        if isinstance(lent, Name) and len(lent.path) == 1:
            for after, _ in outcomes:
                overwrite(lent.path[0], after, f"`{callee}` may change it")
    return outcomes


def overwrite(name: str, world: World, why: str) -> None:
    """Forget what a plain variable holds; things keep what they are by themselves."""
    held = world.env.get(name)
    if held is not None and not isinstance(held, Unknown) and not reachable(world, held):
        world.forget(name)
        world.env[name] = Unknown(why)


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
    if type(value) not in LEADING:
        return
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
    thing = thing if thing.escaped else thing._replace(escaped=True)
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
