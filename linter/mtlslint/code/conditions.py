"""Conditions: which way a world goes, and what it then remembers.

An unknown condition forks the world, and each side remembers it under the text of the condition,
so that the same flag asked twice doesn't give four paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code import classes, mapping, modules
from mtlslint.code.ir import (
    AnyOf,
    Borrow,
    Capture,
    Chain,
    Exactly,
    Field,
    Guarded,
    Matches,
    Method,
    Name,
    Node,
    Operator,
    Path,
    Pattern,
    Shape,
)
from mtlslint.code.values import (
    BLANK,
    Items,
    Known,
    Lambda,
    Routine,
    Symbol,
    Value,
    World,
    bare,
)
from mtlslint.code.verdicts import ASKED, OWN

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

Tests = list[tuple[World, bool]]


class Question(NamedTuple):
    """What a world remembers the answer to: a text, empty if it can't be told from others.

    `polarity`: the answer if the value fits. `words`: the variants that fit.
    """

    text: str
    polarity: bool = True
    words: frozenset[str] = frozenset()


def truth(machine: Machine, node: Node, world: World) -> Tests:
    """Return the worlds in which the condition holds and those in which it doesn't."""
    if isinstance(node, Operator) and node.symbol == "not":
        return [(after, not holds) for after, holds in truth(machine, node.operands[0], world)]
    if isinstance(node, Operator) and node.symbol in ("and", "or"):
        return _shortcut(machine, node, world)
    if isinstance(node, Matches):
        return [
            pair
            for after, value in machine.evaluate(node.value, world)
            for pair in assumption(machine, node.value, value, node.pattern, after)
        ]
    if isinstance(node, Guarded):
        return machine.built(node.conditions, world)
    pairs: Tests = []
    for after, value in machine.evaluate(node, world):
        value = bare(value)
        holds = _truthiness(machine, value, after)
        if holds is not None:
            pairs.append((after, holds))
        else:
            pairs += _fork(after, _condition(machine, node))
    return pairs


def _truthiness(machine: Machine, value: Value, world: World) -> bool | None:
    """Say whether a value counts as true; where not only truth values do, None is false."""
    if isinstance(value, Known) and isinstance(value.value, bool):
        return value.value
    if not machine.api.anchored:
        return None
    if isinstance(value, Known):
        blank = isinstance(value.value, str) and BLANK in value.value
        return None if blank else bool(value.value)
    if isinstance(value, Items):
        return bool(value.items)
    thing = world.thing(value)
    if thing is not None:
        # What was handed in is only asked for where it may be missing.
        return None if thing.path == mapping.PATH or thing.param else True
    if isinstance(value, Symbol):
        return _exists(machine, value.path)
    return True if isinstance(value, (Routine, Lambda)) else None


def _exists(machine: Machine, path: Path) -> bool | None:
    """A class counts as true, and what is imported if it can be; an attribute may be anything."""
    module = machine.frame.module
    if classes.is_class(machine, path) or modules.is_optional(module, path):
        return True
    return None


def _shortcut(machine: Machine, node: Operator, world: World) -> Tests:
    settles = node.symbol == "or"
    pairs: Tests = [(world, not settles)]
    for operand in node.operands:
        pairs = [
            pair
            for before, holds in pairs
            for pair in ([(before, holds)] if holds is settles else truth(machine, operand, before))
        ]
        pairs = machine.settle(pairs)
    return pairs


def assumption(
    machine: Machine, node: Node | None, value: Value, pattern: Pattern, world: World
) -> Tests:
    """Say whether the value of `node` fits; where it does, the pattern's names are bound."""
    verdict, names = machine.fit(pattern, value, world)
    if verdict is None:
        asked = _question(machine, node, pattern)
        if asked.words:
            pairs = _choose(world, asked.text, asked.words)
        else:
            pairs = _fork(world, asked)
        failing = machine.api.outcomes.get(_last(pattern))
        for after, fits in pairs if failing is not None else ():
            if fits is failing:
                machine.fail(value, after)
    else:
        pairs = [(world, verdict)]
    for after, fits in pairs:
        if fits:
            for name in names:
                after.forget(name)
            after.env.update(names)
    return pairs


def _question(machine: Machine, node: Node | None, pattern: Pattern) -> Question:
    """Return what is asked where it isn't known whether the value of `node` fits."""
    key = (id(node), id(pattern))
    found = machine.questions.get(key)
    if found is None:
        text, words = _text(node) if node is not None else "", _variants(machine, pattern)
        if text and words:
            found = Question(f"{text}?", words=words)
        else:
            found = Question(*_pattern_key(machine, text, pattern))
        machine.questions[key] = found
    return found


def _last(pattern: Pattern) -> str:
    return pattern.path[-1] if isinstance(pattern, (Shape, Exactly)) and pattern.path else ""


def _fork(world: World, asked: Question) -> Tests:
    key, polarity = asked.text, asked.polarity
    if key and key in world.assumed:
        return [(world, world.assumed[key] is polarity)]
    world.rest_on(OWN if key.startswith("self.") else ASKED)
    other = world.fork()
    if key:
        world.assumed[key] = polarity
        other.assumed[key] = not polarity
    return [(world, True), (other, False)]


def _choose(world: World, text: str, words: frozenset[str]) -> Tests:
    """Fork between variants and all others of their type, as far as it isn't decided yet."""
    denied = {word for word in words if world.assumed.get(f"{text}{word}") is False}
    words -= denied
    for key, holds in world.assumed.items():
        known = frozenset(key[len(text) :].split("|")) if holds and key.startswith(text) else {""}
        known -= {word for word in known if world.assumed.get(f"{text}{word}") is False}
        if known != {""} and (known <= words or known.isdisjoint(words)):
            return [(world, known <= words)]
    if not words:
        return [(world, False)]
    world.rest_on(OWN if text.startswith("self.") else ASKED)
    other = world.fork()
    world.assumed[text + "|".join(sorted(words))] = True
    other.assumed.update(dict.fromkeys((f"{text}{word}" for word in words), False))
    return [(world, True), (other, False)]


def _variants(machine: Machine, pattern: Pattern) -> frozenset[str]:
    """Return the variants that a pattern means if it says no more than that it is one of them."""
    if isinstance(pattern, AnyOf):
        found = [_variants(machine, option) for option in pattern.options]
        return frozenset().union(*found) if all(found) else frozenset()
    if isinstance(pattern, Capture) and pattern.inner is not None:
        return _variants(machine, pattern.inner)
    if isinstance(pattern, Shape) and not all(_plain(part) for _, part in pattern.parts):
        return frozenset()
    last = _last(pattern)
    return frozenset({last} if last and last not in machine.api.variants else ())


def _pattern_key(machine: Machine, text: str, pattern: Pattern) -> tuple[str, bool]:
    if isinstance(pattern, Capture) and pattern.inner is not None:
        pattern = pattern.inner
    if not text or not isinstance(pattern, (Shape, Exactly)) or not pattern.path:
        return "", True
    role = machine.api.variants.get(pattern.path[-1])
    if isinstance(pattern, Shape) and any(not _plain(part) for _, part in pattern.parts):
        return "", True
    return f"{text}?", role == "present"


def _plain(pattern: Pattern) -> bool:
    return isinstance(pattern, Capture) and pattern.inner is None


def _condition(machine: Machine, node: Node) -> Question:
    """Return what is asked where it isn't known whether a condition holds."""
    key = (id(node),)
    found = machine.questions.get(key)
    if found is None:
        found = machine.questions[key] = _presence(machine, node) or Question(_text(node))
    return found


def _presence(machine: Machine, node: Node) -> Question | None:
    if isinstance(node, Chain) and node.steps and isinstance(node.steps[-1], Method):
        word = machine.api.plumbing.get(node.steps[-1].name)
        if word in ("present", "absent"):
            text = _text(Chain(node.span, node.base, node.steps[:-1]))
            return Question(f"{text}?" if text else "", word == "present")
    return None


def _text(node: Node) -> str:
    """Write a variable, its fields and argument-less calls as text; anything else is empty."""
    while isinstance(node, Borrow):
        node = node.value
    if isinstance(node, Name):
        return "::".join(node.path)
    if not isinstance(node, Chain):
        return ""
    parts = [_text(node.base)]
    for step in node.steps:
        if isinstance(step, Field):
            part = step.name
        elif isinstance(step, Method) and not step.args and not step.keywords:
            part = "" if step.name in _VIEWS else f"{step.name}()"
        else:
            return ""
        parts.append(part)
    return ".".join(filter(None, parts)) if parts[0] else ""


_VIEWS = frozenset({"as_ref", "as_deref", "as_mut", "clone", "iter", "borrow"})
