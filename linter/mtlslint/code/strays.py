"""Configurations that an endpoint is made of, and what was written about them on other paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from mtlslint.code.between import tells, told_by
from mtlslint.code.found import Found, Key
from mtlslint.model import Value
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.collect import Collector


def settle_loose(collector: Collector) -> None:
    """Drop what is a part of an endpoint; keep what nothing else tells, outermost first."""
    for key in list(collector.loose):
        part = key[0] in collector.consumed and key in collector.parts
        if part or (key in collector.opened and key not in collector.done):
            del collector.loose[key]
    told = told_by(state for one in _whole(collector) for state in one.states)
    for key in reversed(list(collector.loose)):
        if key in collector.opened or key[0] in collector.consumed:
            _keep_strays(collector, key, told)


def _keep_strays(collector: Collector, key: Key, told: set[tuple[str, Span, Value | None]]) -> None:
    """Of something that was used, keep what was written about it on other paths."""
    found = collector.loose.pop(key)
    pairs = zip(found.roots, found.states, strict=True)
    told_apart = (collector.strays and key not in collector.crossed) or key in collector.done
    kept = [pair for pair in pairs if told_apart and tells(pair[1], told)]
    if not kept:
        return
    roots, states = [root for root, _ in kept], [state for _, state in kept]
    if key in collector.opened:
        collector.opened[key].states += states
        collector.opened[key].roots += roots
    else:
        collector.loose[key] = replace(found, states=states, roots=roots)
    if not collector.strays:
        told |= told_by(states)


def _whole(collector: Collector) -> Iterator[Found]:
    """Yield the endpoints that others may be a part of."""
    yield from collector.opened.values()
    for key, one in collector.loose.items():
        if key in collector.parts or not (collector.strays or key[0] in collector.consumed):
            yield one
