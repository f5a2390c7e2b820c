"""Keeps the number of worlds small: equal ones are one, and plain data isn't worth a world.

Up to FEW worlds all differences are kept. Above, worlds that agree on what concerns libraries
(their things, constants that they are told by, what was opened) become one in which the rest that
differs is unknown. What is still above LIMIT is cut.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Any

from mtlslint.code.values import (
    LEADING,
    NOTHING,
    Failed,
    Handle,
    Items,
    Known,
    Ref,
    Symbol,
    Thing,
    Unknown,
    Value,
    World,
    as_usual,
    bare,
)
from mtlslint.model import Origin, Setting

FEW = 4
LIMIT = 16
NARROW = (1, 3)
_OFF = ("unverified", "none")

Pairs = list[tuple[World, Any]]


def merge(
    outcomes: Pairs, narrow: bool = False, telling: Container[str] = frozenset()
) -> tuple[Pairs, bool]:
    """Return fewer outcomes, far fewer if `narrow`, and whether some were dropped.

    `telling` are the names of constants by which libraries are told what to do.
    """
    few, limit = NARROW if narrow else (FEW, LIMIT)
    distinct = _distinct(outcomes)
    if len(distinct) > few:
        distinct = _blurred(distinct, telling)
    if len(distinct) <= limit:
        return distinct, False
    return _varied(distinct)[:limit], True


def as_one(outcomes: Pairs) -> Pairs:
    """Return one outcome for all, in which what differs is unknown, unless libraries' things do."""
    return _blurred(_distinct(outcomes), frozenset())


def _varied(outcomes: Pairs) -> Pairs:
    """Put worlds first that show what none before them does, switches that are off above all.

    Those that fail come last: what they leave half made serves nobody.
    """
    seen: set[tuple[object, ...]] = set()
    first: Pairs = []
    off: Pairs = []
    rest: Pairs = []
    for world, value in sorted(outcomes, key=lambda one: isinstance(one[1], Failed)):
        shown = {
            (number, name, setting.span, setting.value, _is_off(setting))
            for number, thing in world.heap.items()
            if thing.kind
            for name, setting in thing.settings.items()
        }
        new = shown - seen
        told = off if any(one[-1] for one in new) and not isinstance(value, Failed) else first
        (told if new else rest).append((world, value))
        seen |= new
    return first[:1] + off + first[1:] + rest


def _is_off(setting: Setting) -> bool:
    return setting.value in _OFF and setting.origin is Origin.EXPLICIT


def _distinct(outcomes: Pairs) -> Pairs:
    found: Pairs = []
    for world, value in outcomes:
        for other, known in found:
            if known == value and _same(world, other, value):
                _agree(other, world)
                break
        else:
            found.append((world, value))
    return found


def _agree(world: World, other: World) -> None:
    """What was assumed holds in the merged world only if it was in both."""
    world.assumed = {k: v for k, v in world.assumed.items() if other.assumed.get(k) is v}
    world.build = {k: v for k, v in world.build.items() if other.build.get(k) is v}
    if other.watched:
        world.watched = {**other.watched, **world.watched}


def _same(one: World, other: World, value: Any) -> bool:
    if one.opened != other.opened or one.rests != other.rests or one.env != other.env:
        return False
    differing = _differing(one, other)
    if not differing:
        return differing is not None  # None: not to be merged
    roots = [*one.env.values(), *(value if isinstance(value, tuple) else (value,))]
    return not _reaches(one, roots, differing) and not _reaches(other, roots, differing)


def lasts(handle: Handle) -> bool:
    """Whether a place of the heap is a module's, which every function can reach."""
    return isinstance(handle, tuple) and handle[0].start < 0


def _differing(one: World, other: World) -> set[Handle] | None:
    """Return where in the heap two worlds differ; None if that is something to be kept apart."""
    mine, theirs = one.heap, other.heap
    if mine == theirs:
        return set()
    found: set[Handle] = set()
    for handle, thing in mine.items():
        same = theirs.get(handle)
        if same is not thing and same != thing:
            if thing.kind or (same is not None and same.kind) or lasts(handle):
                return None
            found.add(handle)
    for handle in theirs.keys() - mine.keys():
        if theirs[handle].kind or lasts(handle):
            return None
        found.add(handle)
    return found


def _reaches(world: World, roots: list[Any], wanted: set[Handle]) -> bool:
    waiting = [bare(root) for root in roots if root is not None]
    reached: set[Handle] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, Items):
            waiting.extend(bare(item) for item in value.items)
        if isinstance(value, Ref) and value.id not in reached:
            if value.id in wanted:
                return True
            reached.add(value.id)
            if value.id in world.heap:
                waiting.extend(bare(part) for part in world.heap[value.id].parts.values())
    return False


def _blurred(outcomes: Pairs, telling: Container[str]) -> Pairs:
    groups: list[tuple[object, World, Any]] = []
    for world, value in outcomes:
        essence = _essence(world, value, telling)
        for index, (known, other, old) in enumerate(groups):
            if known == essence:
                groups[index] = (known, other, _join(other, world, old, value))
                break
        else:
            groups.append((essence, world, value))
    return [(world, value) for _, world, value in groups]


def _essence(world: World, value: Any, telling: Container[str]) -> object:
    things = {n: one for n, one in world.heap.items() if one.kind}
    env = world.env.items()
    leads = {
        name: _leads(world, one, telling)
        for name, one in env
        if type(one) in LEADING or isinstance(one, Symbol)
    }
    leads |= {str(n): _leads(world, Ref(n), telling) for n in world.heap if lasts(n)}
    kept = {name: one for name, one in leads.items() if one}
    values = value if isinstance(value, tuple) else (value,)
    led = [_leads(world, one, telling) or _class(one) for one in values]
    return things, kept, led, world.opened, world.rests


def _class(value: Any) -> str:
    if isinstance(value, Failed):
        return "failed"
    if isinstance(value, bool):
        return str(value)  # whether a condition holds
    return "nothing" if value == NOTHING else ""


def _leads(world: World, value: Any, telling: Container[str] = frozenset()) -> tuple[object, ...]:
    """Return the things and constants of libraries that a value leads to, a few steps deep."""
    if type(value) not in LEADING and not isinstance(value, Symbol):
        return ()
    found: list[object] = []
    waiting: list[tuple[Any, int]] = [(value, 4)]
    while waiting:
        one, depth = waiting.pop()
        one = bare(one) if one is not None else None
        if isinstance(one, Items):
            waiting.extend((item, depth) for item in one.items)
        if isinstance(one, Symbol) and one.path[-1] in telling:
            found.append(one.path)
        if not isinstance(one, Ref) or one.id not in world.heap:
            continue
        thing = world.heap[one.id]
        if thing.kind:
            found.append(one.id)
        elif depth:
            waiting.extend((part, depth - 1) for part in thing.parts.values())
    return tuple(found)


DIFFERS = Unknown("differs between paths")


def _join(world: World, other: World, old: Any, new: Any) -> Any:
    """Make `world` stand for both; return the value that stands for both."""
    _agree(world, other)
    for name, value in world.env.items():
        if other.env.get(name) != value:
            world.env[name] = _joined(world, value, other.env.get(name))
    for number, thing in other.heap.items():
        mine = world.heap.get(number)
        if mine is None:
            world.heap[number] = thing
        elif mine != thing and not mine.kind:
            parts = {
                name: value if thing.parts.get(name) == value else _differs(value, thing, name)
                for name, value in mine.parts.items()
            }
            world.heap[number] = Thing("", mine.site, {}, parts, mine.path, mine.label)
    if isinstance(old, tuple):
        return tuple(_joined(world, one, two) for one, two in zip(old, new, strict=True))
    return None if old is None else _joined(world, old, new)


def _joined(world: World, one: Value, other: Value | None) -> Value:
    if one == other or (other is not None and _leads(world, one)):
        return one
    return DIFFERS if other is None else _either(one, other)


def _differs(value: Value, other: Thing, name: str) -> Unknown:
    return _either(value, other.parts[name]) if name in other.parts else DIFFERS


def _either(one: Value, other: Value) -> Unknown:
    """Return what stands for two values: nothing, but for what a text is unless it is set."""
    first, second = as_usual(one), as_usual(other)
    for text, rest in ((first, second), (second, first)):
        said = text.value if isinstance(text, Known) else None
        if isinstance(said, str) and (text == rest or isinstance(rest, Unknown)):
            return replace(DIFFERS, usual=said)
    return DIFFERS
