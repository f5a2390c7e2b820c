"""Annotations of an object: what they say, and where."""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.model import Origin, Setting
from mtlslint.parsers.kubernetes.reader import Object
from mtlslint.source import Span
from mtlslint.yamltree.node import Mapping, Pair, Scalar, get, is_open, literal
from mtlslint.yamltree.spans import head_span, pair_span


class Said(NamedTuple):
    """An annotation's text; None: absent (`open`: a template may add it) or not literal."""

    text: str | None
    span: Span
    there: bool = False
    open: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether what counts in the end can't be seen."""
        return self.open or (self.there and self.text is None)

    def setting(self, value: str | None, note: str = "") -> Setting:
        """Return a setting that this annotation decides, by being there or by not."""
        if self.doubtful:
            return Setting(None, self.span, note="set by a template")
        origin = Origin.EXPLICIT if self.there else Origin.DEFAULT
        return Setting(value, self.span, origin, note=note)


class Annotations:
    """The annotations of an object that begin with one of a controller's prefixes."""

    def __init__(self, found: Object, *prefixes: str) -> None:
        self._object = found
        self._node = get(found.node, "metadata", "annotations")
        self._prefixes = prefixes
        self._by_key: dict[str, Pair] = {}
        for each in self._node.pairs if isinstance(self._node, Mapping) else ():
            self._by_key[each.key.text] = each

    def any(self) -> bool:
        """Whether there are some at all."""
        return any(key.startswith(self._prefixes) for key in self._by_key)

    def get(self, name: str) -> Said:
        """Return an annotation by its name without prefix."""
        for prefix in self._prefixes:
            pair = self._by_key.get(prefix + name)
            if pair is not None:
                value = pair.value.text if isinstance(pair.value, Scalar) else ""
                text = value.strip() if literal(value) else None
                return Said(text, pair_span(pair, self._object.path), True)
        return Said(None, self.head, open=is_open(self._node))

    @property
    def head(self) -> Span:
        """A line that stands for the object: its name."""
        return head_span(get(self._object.node, "metadata", "name"), self._object.path)
