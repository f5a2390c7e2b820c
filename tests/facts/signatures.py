"""Which arguments a row of the table reads, and which the installed function has."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mtlslint.code.api import Row

_NO_ARGUMENTS = frozenset({"default", "nothing", "many"})
"""Keys under `bind` whose values are addresses."""


class Signature(NamedTuple):
    """Parameters by position and by name; `open`: any other name is taken as well."""

    positions: tuple[str, ...]
    names: frozenset[str]
    open: bool


def signature_of(function: Any, bound: bool = True) -> Signature | None:
    """Return a function's parameters, None if it doesn't tell; `bound` False leaves self out."""
    try:
        found = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None
    found = found if bound else found[1:]
    either = [one.name for one in found if one.kind is one.POSITIONAL_OR_KEYWORD]
    first = [one.name for one in found if one.kind is one.POSITIONAL_ONLY]
    last = [one.name for one in found if one.kind is one.KEYWORD_ONLY]
    rest = any(one.kind is one.VAR_KEYWORD for one in found)
    return Signature(("",) * len(first) + tuple(either), frozenset({*either, *last}), rest)


def read_by(row: Row) -> Iterator[str]:
    """Yield the names of the arguments that a row reads."""
    named = [choose.arg for choose in row.chooses] + [take.arg for take in row.takes]
    named += [*row.when.split(), *row.parts.values(), *row.consumes]
    named += [one.arg for one in row.nested]
    for specs in (row.set, row.default, row.preset, row.weaken):
        named += [spec.get("arg") for spec in specs.values() if isinstance(spec, Mapping)]
    for key, value in row.bind.items():
        named += value if key == "instead" else [] if key in _NO_ARGUMENTS else [value]
    if row.either is not None:
        named.append(row.either.arg)
        for way in row.either.rows.values():
            yield from read_by(way)
    for one in named:
        if isinstance(one, str) and one.isidentifier() and one != "self":
            yield one
