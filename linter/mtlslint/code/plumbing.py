"""What every program does with values on their way: unwrap them, map them, fall back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import calls, escaping, running
from mtlslint.code.ir import Path
from mtlslint.code.operators import UNKNOWN, operate
from mtlslint.code.values import (
    BLANK,
    NOTHING,
    Bits,
    Failed,
    Items,
    Known,
    Lambda,
    Outcome,
    Present,
    Routine,
    Symbol,
    Unknown,
    Value,
    World,
    bare,
    element,
)
from mtlslint.code.verdicts import ASKED

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

Args = tuple[Value, ...]


def apply(machine: Machine, word: str, value: Value, args: Args, world: World) -> list[Outcome]:
    """Return what comes of a call that a language's data calls `word`."""
    if word == "compute":
        return [(world, UNKNOWN)]
    if word == "same":
        return [(world, value)]
    if word == "demand":
        return _demand(machine, value, world)
    if word == "fold":
        init, step = (*args, Unknown(), Unknown())[:2]
        return _called(machine, step, (init, element(value)), world)
    if word == "shared":
        kept = running.concerns(machine, (value,), world)
        return [(world, value if kept else Unknown("may be replaced", _declared(value, world)))]
    if word == "first":
        return [(world, element(value) if isinstance(bare(value), Items) else value)]
    if word == "dropped":
        return _dropped(machine, value, world)
    if word in ("fallback", "fallback_with"):
        return _fallback(machine, word, value, args, world)
    if word in ("map", "filter"):
        return _map(machine, word, value, args, world)
    if word in ("map_or", "map_or_with"):
        return _map_or(machine, word, value, args, world)
    if word in ("present", "absent"):
        return [(world, _presence(word, value))]
    if word in ("present_and", "failed_and", "absent_or"):
        return _presence_and(machine, word, value, args, world)
    if word == "run":
        return _run_all(machine, value, args, world)
    if word == "instance":
        return [(world, Known(False) if value == NOTHING else UNKNOWN)]
    if word == "list":
        return [(world, Items((value, *args)))]
    if word in ("insert", "remove", "assign", "keep"):
        for arg in args:
            # Where it is kept it stays as it is.
            escaping.escape(machine, arg, world)
        return [(world, value)]
    if word == "union":
        return [(world, operate("|", (value, *args)))]
    return [(world, _join(value, args))]  # the word that is left


def _join(value: Value, args: Args) -> Value:
    """Return the texts of a list in one."""
    items = bare(value)
    texts = [bare(one) for one in (*args[:1], *(items.items if isinstance(items, Items) else ()))]
    known = [one.value for one in texts if isinstance(one, Known) and isinstance(one.value, str)]
    if not isinstance(items, Items) or len(known) < len(texts):
        return UNKNOWN
    return Known(known[0].join(known[1:]) if args else "".join(known))


def _demand(machine: Machine, value: Value, world: World) -> list[Outcome]:
    if isinstance(value, Failed) or value == NOTHING:
        return []
    if isinstance(value, Present):
        return [(world, value.value)]
    machine.may_fail(world, value)
    return [(world, value)]


def _dropped(machine: Machine, value: Value, world: World) -> list[Outcome]:
    """A failure that nobody looks at any more: it is as if nothing had been there."""
    if isinstance(value, Failed):
        return [(world, NOTHING)]
    if _surely(value) is not None or not machine.is_meant(value, world):
        return [(world, value)]
    other = world.fork()
    machine.fail(value, other)
    return [(world, Present(value)), (other, NOTHING)]


def _declared(value: Value, world: World) -> Path:
    thing = world.thing(value)
    return thing.path if thing is not None else ()


def _takes_error(value: Value) -> bool:
    """Whether a function is told of an error, and not only that nothing is there."""
    value = bare(value)
    return isinstance(value, Lambda) and len(value.closure.params) == 1


def _surely(value: Value) -> bool | None:
    if isinstance(value, (Present, Bits, Items)):
        return True
    if isinstance(value, Failed) or value == NOTHING:
        return False
    return None


def _fallback(machine: Machine, word: str, value: Value, args: Args, world: World) -> list[Outcome]:
    sure = _surely(value)
    if sure:
        return [(world, bare(value))]
    outcomes: list[Outcome] = []
    if sure is None:
        world.rest_on(ASKED)
        outcomes.append((world.fork(), value))
    other = args[0] if args else Unknown("the type's default")
    if word == "fallback_with":
        if _takes_error(other):
            machine.fail(value, world)
        outcomes += _called(machine, other, (_error(value),), world)
    else:
        outcomes.append((world, other))
    things = [world.thing(one) for world, one in outcomes]
    if sure is None and len(outcomes) > 1 and not any(things):
        # A default behind something that is set elsewhere says nothing certain.
        last = bare(outcomes[-1][1])
        text = last.value if isinstance(last, Known) else None
        usual = text if isinstance(text, str) and BLANK not in text else ""
        return [(outcomes[0][0], Unknown("set elsewhere", usual=usual))]
    return machine.settle(outcomes)


def _error(value: Value) -> Value:
    error = value.error if isinstance(value, Failed) else None
    return error or Unknown("an error")


def _called(machine: Machine, callee: Value, args: Args, world: World) -> list[Outcome]:
    callee = bare(callee)
    if isinstance(callee, (Lambda, Routine)):
        return running.run(machine, callee, args, world)
    if isinstance(callee, Symbol) and args:
        return calls.call_by_type(machine, callee, args, world)
    return [(world, Unknown("result of a call"))]


def _map(machine: Machine, word: str, value: Value, args: Args, world: World) -> list[Outcome]:
    """`map` and `and_then`, on a value that may be missing or on every element."""
    sure = _surely(value)
    if sure is False:
        return [(world, value)]
    missing: list[Outcome] = []
    if sure is None and world.rests is not None:
        world.rest_on(ASKED)
        missing = [(world.fork(), Failed())]
    inner = bare(value)
    if isinstance(inner, Items):
        inner = element(inner)
    outcomes = _called(machine, args[0] if args else Unknown(), (inner,), world)
    if word == "filter":
        return [(after, value) for after, _ in outcomes]
    if isinstance(bare(value), Items):
        return [(after, Items((found,))) for after, found in outcomes]
    if isinstance(value, Present):
        return [(after, found if _wrapped(found) else Present(found)) for after, found in outcomes]
    return outcomes + missing


def _wrapped(value: Value) -> bool:
    return isinstance(value, (Present, Failed)) or value == NOTHING


def _map_or(machine: Machine, word: str, value: Value, args: Args, world: World) -> list[Outcome]:
    if len(args) < 2:
        return [(world, Unknown("result of a call"))]
    sure = _surely(value)
    if sure is None:
        world.rest_on(ASKED)
    outcomes: list[Outcome] = []
    if sure is not True:
        other = world.fork()
        if word == "map_or_with" and _takes_error(args[0]):
            machine.fail(value, other)
        if word == "map_or_with":
            outcomes += _called(machine, args[0], (_error(value),), other)
        else:
            outcomes.append((other, args[0]))
    if sure is not False:
        outcomes += _called(machine, args[1], (bare(value),), world)
    return machine.settle(outcomes)


def _presence(word: str, value: Value) -> Value:
    sure = _surely(value)
    return Unknown("whether it is there") if sure is None else Known(sure is (word == "present"))


def _presence_and(
    machine: Machine, word: str, value: Value, args: Args, world: World
) -> list[Outcome]:
    """Ask more of what is there, or of the error; of what isn't the answer is plain."""
    sure = _surely(value)
    if sure is None or not args:
        return [(world, Unknown("whether it is there"))]
    if sure is (word == "failed_and"):
        return [(world, Known(word == "absent_or"))]
    inner = _error(value) if word == "failed_and" else bare(value)
    return _called(machine, args[0], (inner,), world)


def _run_all(machine: Machine, value: Value, args: Args, world: World) -> list[Outcome]:
    """Something that runs its closure, at once or later, and gives what that gives."""
    for candidate in (value, *args):
        if isinstance(bare(candidate), (Lambda, Routine)):
            return _called(machine, candidate, (), world)
    return [(world, value)]
