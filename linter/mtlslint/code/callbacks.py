"""Callbacks that libraries ask for a verdict: whether one ever says no."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from mtlslint.code import running
from mtlslint.code.api import Judge
from mtlslint.code.interpret import Reading, constant
from mtlslint.code.ir import Name
from mtlslint.code.values import NOTHING, Items, Known, Lambda, Routine, Unknown, Value, World, bare
from mtlslint.model import Origin, Setting

if TYPE_CHECKING:
    from mtlslint.code.arguments import Call
    from mtlslint.code.evaluate import Machine


def judged(machine: Machine, judge: Judge, call: Call, world: World) -> dict[str, Setting]:
    """Return what a callback that always agrees takes away; unknown if it decides itself."""
    value = bare(call.argument(judge.arg, world) or Unknown())
    if isinstance(judge.arg, str) and value in (NOTHING, Unknown()):
        return {}
    verdict = always(machine, value, world, judge.verdict)
    reading = Reading(call.span, Origin.EXPLICIT, "the callback accepts everything")
    if verdict is True:
        return {name: constant(value, reading) for name, value in judge.set.items()}
    if verdict is False and not judge.replaces:
        return {}
    note = "the callback decides"
    return {name: Setting(None, call.span, note=note) for name in judge.set}


def decided(machine: Machine, judge: Judge, call: Call, world: World) -> list[tuple[World, Call]]:
    """Fork where a switch of the program's decides whether a callback accepts everything."""
    at = judge.arg
    if not isinstance(at, int) or at >= len(call.args):
        return [(world, call)]
    value = bare(call.args[at])
    if not isinstance(value, Lambda) or always(machine, value, world) is not None:
        return [(world, call)]
    env = dict(value.env)
    mentioned = {one.path[0] for one in machine.program.nodes(value.closure.body).get(Name, ())}
    unknown = (name for name in sorted(mentioned) if isinstance(env.get(name), Unknown))
    for name in islice(unknown, _SWITCHES):
        ways = {
            state: replace(value, env=tuple({**env, name: Known(state)}.items()))
            for state in (True, False)
        }
        if {always(machine, way, world) for way in ways.values()} == {True, False}:
            return [_under(world.fork(), name, state, at, way, call) for state, way in ways.items()]
    return [(world, call)]


_SWITCHES = 4
"""How many of a callback's variables are tried."""


def _under(
    world: World, name: str, state: bool, at: int, way: Lambda, call: Call
) -> tuple[World, Call]:
    world.assumed[name] = state
    return world, call._replace(args=(*call.args[:at], way, *call.args[at + 1 :]))


def always(machine: Machine, value: Value, world: World, at: int = 0) -> bool | None:
    """Say whether a callback accepts everything (True) or gives its verdict argument back."""
    if not isinstance(value, (Lambda, Routine)):
        return None
    failures = machine.failures
    outcomes = running.run(machine, value, (), world.fork())
    results = {_verdict(one, at) for _, one in outcomes}
    if machine.failures > failures or len(results) != 1:
        return None
    return results.pop()


def _verdict(value: Value, at: int) -> bool | None:
    inner = bare(value)
    if inner == Known(True) or inner == Items(()):
        return True
    return False if isinstance(inner, Unknown) and inner.index == at else None
