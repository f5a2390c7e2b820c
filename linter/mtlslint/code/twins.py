"""Which endpoints serve the same at the same time, or one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from mtlslint.code.between import exclude_each_other
from mtlslint.code.found import Key
from mtlslint.model import Twin

if TYPE_CHECKING:
    from mtlslint.code.collect import Collector


def twins_of(collector: Collector, ids: Mapping[Key, str]) -> Iterator[Twin]:
    """Two arms of a choice that serve the same are no twins: both must be open at once."""
    every = {**collector.loose, **collector.opened}
    ways = collector.ways
    apart = (pair for pair in collector.together if exclude_each_other(*map(ways.get, pair)))
    together = collector.together.difference(apart)
    for pair in sorted(sorted(one) for one in together | _replaced(collector)):
        one, other = pair
        if one not in ids or other not in ids:
            continue
        for content in sorted(every[one].content & every[other].content)[:1]:
            yield Twin(ids[one], ids[other], content)
            yield Twin(ids[other], ids[one], content)


def _replaced(collector: Collector) -> set[frozenset[Key]]:
    """Return which endpoints get another configuration while they run, by whatever task."""
    return {
        frozenset({key, other})
        for key, one in collector.opened.items()
        if one.opening.again
        for other, running in collector.opened.items()
        if other != key and one.content & running.content
    }
