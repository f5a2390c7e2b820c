"""Functions and methods that are handed on, some of their arguments given already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mtlslint.code import binding
from mtlslint.code.ir import Invoke, Opaque, Path
from mtlslint.code.values import Lambda, Routine, Symbol, Thing, Value, World, bare
from mtlslint.source import Span

if TYPE_CHECKING:
    pass

PATH: Path = ("<bound>",)
_CALLEE = "()"
_NONE: Mapping[str, Span] = {}


def method(receiver: Value, name: str, site: Span, world: World) -> Value:
    """Return a method of something as a value."""
    return world.add(Thing("", site, parts={_CALLEE: receiver}, path=PATH, label=name))


def partial(
    args: tuple[Value, ...],
    keywords: Mapping[str, Value],
    spans: Mapping[str, Span],
    site: Span,
    world: World,
) -> Value:
    """Return a function, the first argument, with the others given."""
    given = {str(index): value for index, value in enumerate(args[1:])}
    parts = {_CALLEE: args[0], **given, **keywords}
    return world.add(Thing("", site, parts=parts, path=PATH, spans=spans))


def is_callable(value: Value, world: World) -> bool:
    """Whether a value is a function that can be followed, or the name of a library's."""
    thing = world.thing(value)
    bound = thing is not None and thing.path == PATH
    return bound or isinstance(bare(value), (Symbol, Lambda, Routine))


def spread(
    thing: Thing, step: Invoke, values: tuple[Value, ...]
) -> tuple[Value, Invoke, tuple[Value, ...]]:
    """Return the function, and the call with what was given before; what is given now wins."""
    given = {name: one for name, one in thing.parts.items() if name != _CALLEE}
    first = [one for name, one in given.items() if name.isdigit()]
    named = {name: one for name, one in given.items() if not name.isdigit()}
    nodes = tuple(Opaque(thing.site, "given before") for _ in first)
    keywords = tuple(
        (name, Opaque(thing.spans.get(name, thing.site), "given before")) for name in named
    )
    whole = Invoke(step.span, (*nodes, *step.args), (*keywords, *step.keywords))
    own, later = values[: len(step.args)], values[len(step.args) :]
    return thing.parts[_CALLEE], whole, (*first, *own, *named.values(), *later)


def handed_on(
    step: binding.Call, values: tuple[Value, ...], world: World
) -> tuple[Value, Invoke, tuple[Value, ...]] | None:
    """Return the first argument that can be called, and its call with those behind it."""
    for at, value in enumerate(values[: len(step.args)]):
        if is_callable(value, world):
            return value, Invoke(step.span, step.args[at + 1 :], step.keywords), values[at + 1 :]
    return None
