"""Dictionaries: things whose parts are known by constant keys."""

from __future__ import annotations

from collections.abc import Mapping

from mtlslint.code.ir import Path
from mtlslint.code.values import Items, Known, Thing, Unknown, Value, World, bare
from mtlslint.source import Span

PATH: Path = ("mapping",)
OPEN = "?"
"""The key that says that there may be others."""

_NONE: Mapping[str, Span] = {}
_NEVER = Unknown("no such key")


def make(
    parts: Mapping[str, Value], site: Span, world: World, spans: Mapping[str, Span] | None = None
) -> Value:
    """Return a new dictionary; `**` and `?` are what isn't known of it."""
    known: dict[str, Value] = {}
    for key, value in parts.items():
        spread = world.thing(value) if key == "**" else None
        if spread is not None and spread.path == PATH:
            known |= spread.parts  # What is written behind it replaces what it holds.
        elif key in ("**", OPEN):
            known[OPEN] = Unknown("perhaps more")
        else:
            known[key] = value
    return world.add(Thing("", site, parts=known, path=PATH, spans=spans or {}))


def merged(
    args: tuple[Value, ...],
    keywords: Mapping[str, Value],
    spans: Mapping[str, Span],
    site: Span,
    world: World,
) -> Value:
    """Return a new dictionary of what another one holds and keywords."""
    made = make({}, site, world)
    _update(made, args, keywords, spans, world)
    return made


def key_of(value: Value) -> str | None:
    """Return a key as it is kept; None if it isn't known."""
    value = bare(value)
    if isinstance(value, Known) and value.value is not None:
        return str(value.value)
    return None


def get(thing: Thing, key: Value) -> Value | None:
    """Return what is kept under a key; None if surely nothing."""
    name = key_of(key)
    if name is None:
        return Unknown("one of several")
    if name in thing.parts:
        return thing.parts[name]
    return Unknown(f"`{name}`") if OPEN in thing.parts else None


def put(owner: Value, key: Value, value: Value, world: World, span: Span | None = None) -> None:
    """Keep a value under a key."""
    thing = world.thing(owner)
    if thing is None:
        return
    name = key_of(key)
    if span is not None and name is not None:
        thing = thing._replace(spans={**thing.spans, name: span})
    world.update(owner, thing.part(name if name is not None else OPEN, value))


def call(
    method: str,
    owner: Value,
    args: tuple[Value, ...],
    keywords: Mapping[str, Value],
    world: World,
    spans: Mapping[str, Span] = _NONE,
) -> Value | None:
    """Return what a dictionary's method gives; None if it isn't one that is known."""
    thing = world.thing(owner)
    if thing is None:
        return None
    known = {key: value for key, value in thing.parts.items() if key != OPEN}
    if method == "items":
        return Items(tuple(Items((Known(key), value)) for key, value in known.items()))
    if method == "values":
        return Items(tuple(known.values()))
    if method in ("get", "pop", "setdefault") and args:
        found = get(thing, args[0])
        fallback = args[1] if len(args) > 1 else Known(None)
        if method == "setdefault" and found is None:
            put(owner, args[0], fallback, world)
        return fallback if found is None else found
    if method == "copy":
        return world.add(Thing("", thing.site, parts=thing.parts, path=PATH))
    if method == "update":
        _update(owner, args, keywords, spans, world)
        return Known(None)
    return None


def _update(
    owner: Value,
    args: tuple[Value, ...],
    keywords: Mapping[str, Value],
    spans: Mapping[str, Span],
    world: World,
) -> None:
    """Put what another dictionary holds into one, then keywords."""
    thing = world.thing(owner)
    other = world.thing(args[0]) if args else None
    if thing is None:
        return
    new: dict[str, Value] = {}
    where = dict(thing.spans)
    if other is not None and other.path == PATH:
        new, where = dict(other.parts), {**where, **other.spans}
    elif args:
        new = {OPEN: _NEVER}
    for key, value in {**new, **keywords}.items():
        thing = thing.part(OPEN if key == "**" else key, value)
    world.update(owner, thing._replace(spans={**where, **spans}))
