"""Callbacks that libraries ask for a verdict: whether one ever says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import running
from mtlslint.code.api import Judge
from mtlslint.code.interpret import Reading, constant
from mtlslint.code.values import NOTHING, Items, Known, Lambda, Routine, Unknown, Value, World, bare
from mtlslint.model import Origin, Setting

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine
    from mtlslint.code.rows import Call


def judged(machine: Machine, judge: Judge, call: Call, world: World) -> dict[str, Setting]:
    """Return what a callback that always agrees takes away; unknown if it decides itself."""
    value = bare(call.argument(judge.arg, world) or Unknown())
    if isinstance(judge.arg, str) and value in (NOTHING, Unknown()):
        return {}
    verdict = always(machine, value, world)
    reading = Reading(call.span, Origin.EXPLICIT, "the callback accepts everything")
    if verdict is True:
        return {name: constant(value, reading) for name, value in judge.set.items()}
    if verdict is False and not judge.replaces:
        return {}
    note = "the callback decides"
    return {name: Setting(None, call.span, note=note) for name in judge.set}


def always(machine: Machine, value: Value, world: World) -> bool | None:
    """Say whether a callback accepts everything (True) or gives its verdict argument back."""
    if not isinstance(value, (Lambda, Routine)):
        return None
    failures = machine.failures
    outcomes = running.run(machine, value, (), world.fork())
    results = {_verdict(one) for _, one in outcomes}
    if machine.failures > failures or len(results) != 1:
        return None
    return results.pop()


def _verdict(value: Value) -> bool | None:
    inner = bare(value)
    if inner == Known(True) or inner == Items(()):
        return True
    return False if isinstance(inner, Unknown) and inner.index == 0 else None
