"""The documents of a YAML file, each part of it read by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from mtlslint.yamltree.compose import UnreadableError, compose
from mtlslint.yamltree.masks import readable
from mtlslint.yamltree.node import Node

_SEPARATOR = re.compile(rb"^---(?=\s|$)", re.MULTILINE)

Told = Callable[[str, int], None]
"""Is told why a document can't be read, and the byte offset where."""


def _untold(reason: str, offset: int) -> None:
    """Leave it to another technology to say so."""


def documents(data: bytes, told: Told = _untold, wanted: tuple[bytes, ...] = ()) -> Iterator[Node]:
    """Yield what can be read of a file; `wanted`: only parts that hold one of these words."""
    bounds = [0, *(match.start() for match in _SEPARATOR.finditer(data)), len(data)]
    for start, end in pairwise(bounds):
        part = data[start:end]
        if wanted and not any(word in part for word in wanted):
            continue
        try:
            yield from compose(readable(part, start))
        except UnreadableError as error:
            told(error.reason, min(max(error.offset, start), end))
