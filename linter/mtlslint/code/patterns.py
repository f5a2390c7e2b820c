"""Whether a value fits a pattern, and what the pattern's names are then bound to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from mtlslint.code.ir import AnyOf, Bind, Capture, Exactly, Guarded, Node, Path, Pattern, Shape
from mtlslint.code.values import (
    BLANK,
    NOTHING,
    Failed,
    Items,
    Known,
    Present,
    Symbol,
    Unknown,
    Value,
    World,
    bare,
)

Verdict = bool | None
"""True: fits. False: doesn't. None: may."""

Fit = tuple[Verdict, dict[str, Value]]

_TAKEN_APART = Unknown("taken apart")


def fit(pattern: Pattern, value: Value, world: World, variants: Mapping[str, str]) -> Fit:
    """Return whether the value fits and the bindings if it does."""
    if isinstance(pattern, Capture):
        verdict, names = fit(pattern.inner, value, world, variants) if pattern.inner else (True, {})
        return verdict, names if pattern.name == "_" else {**names, pattern.name: value}
    if isinstance(pattern, AnyOf):
        return _any_of(pattern, value, world, variants)
    if isinstance(pattern, Exactly):
        return _exactly(pattern, value, variants), {}
    return _shape(pattern, value, world, variants)


def _any_of(pattern: AnyOf, value: Value, world: World, variants: Mapping[str, str]) -> Fit:
    fits = [fit(option, value, world, variants) for option in pattern.options]
    for verdict in (True, None):
        for one in fits:
            if one[0] is verdict:
                return one
    return False, {}


def _exactly(pattern: Exactly, value: Value, variants: Mapping[str, str]) -> Verdict:
    if pattern.path:
        if variants.get(pattern.path[-1]) == "nothing":
            return _nothing(value)
        value = bare(value)
        if isinstance(value, Symbol) and value.path[-2:-1] == pattern.path[-2:-1]:
            return value.path[-1] == pattern.path[-1]
        return None
    value = bare(value)
    if not isinstance(value, Known) or (isinstance(value.value, str) and BLANK in value.value):
        return None
    return value.value == pattern.value


def _nothing(value: Value) -> Verdict:
    if value == NOTHING:
        return True
    return False if isinstance(value, (Present, Failed, Known)) else None


def _shape(pattern: Shape, value: Value, world: World, variants: Mapping[str, str]) -> Fit:
    role = variants.get(pattern.path[-1]) if pattern.path else None
    if role in ("present", "failed"):
        return _variant(role, pattern, value, world, variants)
    value = bare(value)
    thing = world.thing(value)
    verdict: Verdict = None if pattern.path else True
    parts: Mapping[str, Value] = {}
    if isinstance(value, Items):
        parts = {str(index): item for index, item in enumerate(value.items)}
    elif thing is not None and thing.path and pattern.path:
        verdict = _same(thing.path, pattern.path)
        parts = thing.parts
    elif isinstance(value, Symbol) and pattern.path[-2:-1] == value.path[-2:-1]:
        verdict = pattern.path[-1:] == value.path[-1:]
    return _parts(verdict, pattern, parts, world, variants)


def _same(path: tuple[str, ...], pattern: tuple[str, ...]) -> Verdict:
    if path[-1] == pattern[-1] or pattern[-1] == "Self":
        return True
    return False if path[-2:-1] == pattern[-2:-1] else None


def _parts(
    verdict: Verdict,
    pattern: Shape,
    parts: Mapping[str, Value],
    world: World,
    variants: Mapping[str, str],
) -> Fit:
    names: dict[str, Value] = {}
    for index, (name, part) in enumerate(pattern.parts):
        inner = parts.get(str(index) if name is None else name, _TAKEN_APART)
        one, bound = fit(part, inner, world, variants)
        names |= bound
        if one is False:
            verdict = False
        elif one is None and verdict:
            verdict = None
    return verdict, names


def _variant(
    role: str, pattern: Shape, value: Value, world: World, variants: Mapping[str, str]
) -> Fit:
    verdict: Verdict = None
    inner: Value = _TAKEN_APART
    if role == "present":
        if isinstance(value, Present):
            verdict, inner = True, value.value
        elif value == NOTHING or isinstance(value, Failed):
            verdict = False
        else:
            inner = value
    elif isinstance(value, Failed):
        verdict = True
        inner = value.error or inner
    elif isinstance(value, (Present, Known)):
        verdict = False
    first = Shape(pattern.path, pattern.parts[:1])
    return _parts(verdict, first, {"0": inner}, world, variants)


def with_usual(
    pattern: Pattern, names: dict[str, Value], usual: Callable[[Path], Mapping[str, str]]
) -> dict[str, Value]:
    """Return bindings with what fields of a type or variant are unless somebody sets them."""
    if not isinstance(pattern, Shape):
        return names
    texts = usual(pattern.path) if pattern.path else {}
    for name, part in pattern.parts:
        if isinstance(part, Shape):
            names = with_usual(part, names, usual)
        elif isinstance(part, Capture) and names.get(part.name) == _TAKEN_APART and name in texts:
            names[part.name] = replace(_TAKEN_APART, usual=texts[name or ""])
    return names


def names_in(pattern: Pattern) -> list[str]:
    """Return the names a pattern binds."""
    if isinstance(pattern, Capture):
        return [pattern.name, *(names_in(pattern.inner) if pattern.inner else ())]
    if isinstance(pattern, Shape):
        return [name for _, part in pattern.parts for name in names_in(part)]
    if isinstance(pattern, AnyOf):
        return [name for option in pattern.options for name in names_in(option)]
    return []


def names_bound(body: tuple[Node, ...]) -> set[str]:
    """Return the names that a block's own statements bind."""
    found: set[str] = set()
    for node in body:
        while isinstance(node, Guarded):
            node = node.body
        if isinstance(node, Bind):
            found.update(names_in(node.pattern))
    return found
