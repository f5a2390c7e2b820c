"""What expressions evaluate to, and the world in which they do.

Values are immutable and comparable, so that equal worlds can be merged. What can change (builders,
contexts, the program's own records) are Things in the world's heap, and values refer to them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, NamedTuple

from mtlslint.code.ir import Closure, Constant, Path, piece
from mtlslint.code.items import Function
from mtlslint.model import Setting
from mtlslint.source import Span

BLANK = "\0"
"""Stands in a known string for a part that isn't known."""

FAILED = "failed"
"""The setting of a thing that could not be made on this path."""


@piece
class Known:
    """A constant; `said` is the call of the program's own that it was written in.

    `usual`: what a text with blanks is unless somebody sets what stands there.
    """

    value: Constant
    said: Span | None = field(default=None, compare=False)
    usual: str = ""


@piece
class Symbol:
    """A named constant or variant of which only the name matters."""

    path: Path
    span: Span | None = field(default=None, compare=False)


@piece
class Bits:
    """Flags that are set; not `certain`: perhaps others too."""

    names: frozenset[str]
    certain: bool = True


Handle = tuple[Span, int] | int
"""A thing's place in the heap: where it was made and how many were made there before it.

Whole numbers are for what is there from the beginning, such as modules.
"""


@piece
class Ref:
    """A Thing in the heap."""

    id: Handle


@piece
class Present:
    """A value that is surely there (`Some`, `Ok`), as opposed to one that may be missing."""

    value: Value


@piece
class Failed:
    """A failure (`Err`, an exception), and the error if that is known."""

    error: Value | None = None


@piece
class Items:
    """A tuple or list."""

    items: tuple[Value, ...]


@piece
class Lambda:
    """A closure with the variables it sees."""

    closure: Closure
    env: tuple[tuple[str, Value], ...] = field(compare=False)


@piece
class Routine:
    """Functions of the program under one name: more than one if build-time switches choose."""

    functions: tuple[Function, ...]


@piece
class Unknown:
    """Not established, and why. `declared` is its type if that is known, `index` its parameter.

    `usual`: what a text is unless somebody sets it, by the environment or an option.
    """

    note: str = ""
    declared: Path = ()
    index: int | None = None
    usual: str = ""


Value = Known | Symbol | Bits | Ref | Present | Failed | Items | Lambda | Routine | Unknown

NOTHING = Known(None)
UNIT = Items(())


def as_usual(value: Value) -> Value:
    """Return what a value is unless somebody sets it."""
    value = bare(value)
    if isinstance(value, Items):
        return Items(tuple(map(as_usual, value.items)))
    return Known(value.usual) if isinstance(value, Known | Unknown) and value.usual else value


def why(value: Value | None) -> str:
    """Return why nothing is known of a value."""
    value = bare(value) if value is not None else Unknown("not given")
    return value.note if isinstance(value, Unknown) and value.note else "made elsewhere"


def bare(value: Value) -> Value:
    """Return the value without the mark that it is surely there."""
    while type(value) is Present:
        value = value.value
    return value


def element(value: Value) -> Value:
    """Return what stands for any element of a collection."""
    value = bare(value)
    if isinstance(value, Items):
        distinct = [item for i, item in enumerate(value.items) if item not in value.items[:i]]
        return distinct[0] if len(distinct) == 1 else _common(distinct)
    return value if not isinstance(value, (Known, Unknown)) else Unknown("an element")


def _common(items: list[Value]) -> Value:
    """Return what several texts begin with: any of them does."""
    found = [one.value if isinstance(one, Known) else None for one in items]
    texts = [one for one in found if isinstance(one, str)]
    pairs = takewhile(lambda each: len(set(each)) == 1, zip(*texts, strict=False))
    start = "".join(each[0] for each in pairs) if len(texts) == len(items) else ""
    return Known(start + BLANK) if start else Unknown("one of several")


_NONE: Mapping[str, Any] = {}


class Thing(NamedTuple):
    """An object: of a library (`kind` is a kind of the API data) or of the program (`path`).

    `site` is the call that made it, `label` what that is called. Settings with a dot in their name
    are intermediate. `escaped`: it left what is in sight. `param`: it was made elsewhere. `spans`
    are where a dictionary's parts are written.
    """

    kind: str
    site: Span
    settings: Mapping[str, Setting] = _NONE
    parts: Mapping[str, Value] = _NONE
    path: Path = ()
    label: str = ""
    escaped: bool = False
    param: bool = False
    spans: Mapping[str, Span] = _NONE

    def having(self, settings: Mapping[str, Setting]) -> Thing:
        """Return the thing with some settings replaced."""
        # `_replace` takes thrice the time.
        return Thing._make((*self[:2], {**self.settings, **settings}, *self[3:]))

    def part(self, name: str, value: Value) -> Thing:
        """Return the thing with one part replaced."""
        return Thing._make((*self[:3], {**self.parts, name: value}, *self[4:]))


@dataclass(slots=True)
class World:
    """One path through the code: variables, heap, and what was assumed to get here.

    `rests`: while a verifier runs, what its path rests on (`mtlslint.code.verdicts`). `watched`:
    servers whose configuration may still be changed, with what it is and was.
    """

    env: dict[str, Value] = field(default_factory=dict)
    heap: dict[Handle, Thing] = field(default_factory=dict)
    assumed: dict[str, bool] = field(default_factory=dict)
    build: dict[str, bool] = field(default_factory=dict)
    opened: frozenset[tuple[Span, str]] = frozenset()
    rests: frozenset[str] | None = None
    watched: Mapping[int, tuple[Handle, Mapping[str, Setting]]] = field(default_factory=dict)

    def fork(self) -> World:
        """Return an independent copy."""
        assumed, build = dict(self.assumed), dict(self.build)
        env, heap = dict(self.env), dict(self.heap)
        return World(env, heap, assumed, build, self.opened, self.rests, self.watched)

    def rest_on(self, *reasons: str) -> None:
        """Note what this path rests on, if that is asked for."""
        if self.rests is not None:
            self.rests |= frozenset(reasons)

    def add(self, thing: Thing) -> Ref:
        """Put a thing into the heap."""
        count = 0
        while (thing.site, count) in self.heap:
            count += 1
        ref = Ref((thing.site, count))
        self.heap[ref.id] = thing
        return ref

    def thing(self, value: Value) -> Thing | None:
        """Return the thing a value refers to, if it does."""
        while type(value) is Present:
            value = value.value
        return self.heap.get(value.id) if type(value) is Ref else None

    def update(self, value: Value, thing: Thing) -> None:
        """Replace the thing a value refers to."""
        value = bare(value)
        if isinstance(value, Ref):
            self.heap[value.id] = thing

    def forget(self, name: str) -> None:
        """Drop what was assumed of a variable that changes."""
        if not self.assumed:
            return
        parts = (f"{name}.", f"{name}?")
        for key in [key for key in self.assumed if key == name or key.startswith(parts)]:
            del self.assumed[key]


Outcome = tuple[World, Value]


def reachable(world: World, *roots: Value, within: Container[Handle] | None = None) -> set[Handle]:
    """Return all things that values lead to, if need be only by way of some."""
    found: set[Handle] = set()
    waiting = [one for one in roots if type(one) in LEADING]
    while waiting:
        value = waiting.pop()
        parts: Iterable[Value] = ()
        if isinstance(value, Ref):
            if value.id in found or (within is not None and value.id not in within):
                continue
            found.add(value.id)
            thing = world.heap.get(value.id)
            if thing is None or not thing.parts:
                continue
            parts = thing.parts.values()
        elif isinstance(value, Items):
            parts = value.items
        elif isinstance(value, Lambda):
            parts = [one for _, one in value.env]
        elif isinstance(value, Present):
            parts = (value.value,)
        waiting += [one for one in parts if type(one) in LEADING]
    return found


LEADING = frozenset({Ref, Items, Lambda, Present})
