"""Calls that a library refuses, or takes without a word and doesn't heed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code.api import Idle, Refuse
from mtlslint.code.interpret import asked, protocol
from mtlslint.code.misused import IDLE
from mtlslint.code.values import Known, Symbol, Thing, Unknown, World, bare
from mtlslint.model import Setting

if TYPE_CHECKING:
    from mtlslint.code.arguments import Call
    from mtlslint.code.evaluate import Machine


def refuse(machine: Machine, refusal: Refuse, call: Call, world: World) -> None:
    """Note a call whose argument the library doesn't take."""
    value = call.argument(refusal.arg, world) or Unknown()
    thing = world.thing(value)
    if thing is not None and thing.kind in refusal.kinds:
        types = machine.api.kinds[thing.kind].types
        what = types[0] if types else thing.kind
    else:
        inner = bare(value)
        text = inner.value if isinstance(inner, Known) and isinstance(inner.value, str) else ""
        named = inner.path[-1] if isinstance(inner, Symbol) else ""
        said = asked(text, refusal.key) if refusal.key else protocol(value, machine.api)
        what = said or named
        if what not in (*refusal.versions, *refusal.says):
            return
    name = f"{call.name}({what})"
    machine.collector.misused.note(refusal.misuse, name, refusal.advice, call.span)


def mark(machine: Machine, idle: Idle, call: Call, thing: Thing) -> Thing:
    """Return the thing with a mark by which it shows in the end whether the call was heeded."""
    machine.collector.misused.idle[call.span] = (call.name, idle.advice)
    return thing.having({f"{IDLE}{idle.setting}.{call.name}": Setting(idle.value, call.span)})
