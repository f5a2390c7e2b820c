"""Calls that ask whether a certificate is to be trusted, and what may be answered.

While one of the program's own verifiers runs, each world keeps what its path rests on: the checks
that were passed (`chain`, `name`, `signature`), that one was refused and the path goes on all the
same (`refused ..`), that an unknown condition was asked (`asked`), perhaps of its own settings
alone, that something unknown could have refused (`judged`). A delegate answers in every way it
can, in a world each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code.api import Refusal
from mtlslint.code.values import Failed, Outcome, Present, Symbol, Thing, Unknown, Value, World
from mtlslint.source import Span
from mtlslint.targets import NEWEST, Range

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

ASKED = "asked"
OWN = "asked itself"
JUDGED = "judged"
ELSEWHERE = "elsewhere"
ACCEPTED = Symbol(("accepted",))


def answers(
    machine: Machine, name: str, receiver: Value | None, span: Span, world: World
) -> list[Outcome] | None:
    """Return what a delegate that a verifier asks may answer; None if the call asks nobody."""
    verdicts = machine.api.verdicts
    checks = verdicts.calls.get(name)
    if checks is None:
        return None
    used = machine.targets.of(verdicts.library, span.path) or Range((0,), NEWEST, "")
    refusals = [one for one in verdicts.refusals if one.of in (*checks, "anything")]
    raised = [one for one in refusals if one.since <= used.high and used.low < one.below]
    outcomes = [_refused(one, checks, span, world.fork()) for one in raised]
    world.rest_on(*checks)
    if receiver is not None and not _is_library(machine, receiver, world):
        world.rest_on(ELSEWHERE)
    return [(world, Present(ACCEPTED)), *outcomes]


def _is_library(machine: Machine, receiver: Value, world: World) -> bool:
    """Whether the one who is asked is a library's verifier, and no unknown one."""
    thing = world.thing(receiver)
    if thing is not None:
        return bool(thing.kind)
    declared = receiver.declared if isinstance(receiver, Unknown) else ()
    return machine.api.kind_of_type(declared) is not None


def _refused(refusal: Refusal, checks: tuple[str, ...], span: Span, world: World) -> Outcome:
    outer, inner = refusal.error
    error = world.add(Thing("", span, parts={"0": Symbol(inner)}, path=outer))
    # What is checked before it was in order: the chain is, before the name.
    passed = checks[: checks.index(refusal.of)] if refusal.of in checks else ()
    world.rest_on(*passed, f"refused: {inner[-1]}")
    return world, Failed(error)
