"""YAML and JSON to light trees, from the C parser's events: no recursion, bounded in size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from mtlslint.yamltree.masks import Text
from mtlslint.yamltree.node import HOLE, Mapping, Node, Pair, Scalar, Sequence, snake

DEPTH_LIMIT = 120
ALIAS_LEAST, ALIAS_FACTOR = 1000, 4
"""Nodes that aliases may stand for: so many, and so many more for each character of the text. A
bomb has more, no configuration has; and a long file of small bombs stays linear."""


class UnreadableError(Exception):
    """Why a document could not be read, and the byte offset where."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


IGNORED = "!ignore"
"""Envoy's tag for keys that only hold what is meant elsewhere."""

Prefer = Callable[[list[Pair]], Pair | None]
"""Says which of a template's arms counts, of pairs with one name; None: neither is known to."""

_STYLES = {style: style for style in ("'", '"', "|", ">")}


class _Frame:
    """A mapping or list that is being read."""

    __slots__ = ("anchor", "children", "key", "mapping", "merges", "open", "start", "weight")

    def __init__(self, mapping: bool, start: int, anchor: str | None) -> None:
        self.mapping = mapping
        self.start = start
        self.anchor = anchor
        self.children: list[Any] = []
        self.key: Node | None = None
        self.open = False
        self.merges = False
        self.weight = 1

    def add(self, node: Node, weight: int) -> None:
        self.weight += weight
        if not self.mapping:
            self.children.append(node)
        elif self.key is None:
            self.key = node
        else:
            key, self.key = self.key, None
            if isinstance(key, Scalar) and key.text == IGNORED:
                return
            if isinstance(key, Scalar) and key.text != HOLE:
                name = snake(key.text)
                self.merges = self.merges or name == "<<"
                self.children.append(Pair(name, key, node))
            else:
                self.open = True

    def close(self, end: int, text: Text, prefer: Prefer) -> Node:
        # A block ends where the next thing begins, so what a template adds at its end is within.
        opened = self.open or (bool(text.holes) and _any_between(text.holes, self.start, end))
        if self.mapping:
            pairs = self.children
            if self.merges:
                pairs, merged_open = _merged(pairs)
                opened = opened or merged_open
            settled = _settled(pairs, prefer) if text.templated else tuple(pairs)
            return Mapping(settled, self.start, end, opened)
        return Sequence(tuple(self.children), self.start, end, opened)


class _Anchored(NamedTuple):
    node: Node
    weight: int


def _either(same: list[Pair]) -> Pair | None:
    return None


def compose(text: Text, prefer: Prefer = _either) -> Iterator[Node]:
    """Yield the documents of a text; raises UnreadableError after those that could be read."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from _documents(loader(text.text), text, prefer)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "no YAML"
        raise UnreadableError(reason, text.offset(getattr(mark, "index", 0))) from None
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableError(str(error).splitlines()[0], 0) from None


def _documents(loader: Any, text: Text, prefer: Prefer) -> Iterator[Node]:
    import yaml

    # Local names and exact types: this loop is what reading costs.
    next_event, offset = loader.get_event, text.offset
    scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
    starts = {yaml.MappingStartEvent: True, yaml.SequenceStartEvent: False}
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    stack: list[_Frame] = []
    anchors: dict[str, _Anchored] = {}
    expanded, limit = 0, ALIAS_LEAST + ALIAS_FACTOR * len(text.text)
    while (event := next_event()) is not None:
        kind = type(event)
        start, end = offset(event.start_mark.index), offset(event.end_mark.index)
        weight = 1
        if kind is scalar:
            value = event.value if event.tag != IGNORED else IGNORED
            node: Node = Scalar(value, start, end, _STYLES.get(event.style, ""))
            if event.anchor:
                anchors[event.anchor] = _Anchored(node, 1)
        elif kind in starts:
            if len(stack) >= DEPTH_LIMIT:
                raise UnreadableError("nested too deeply", start)
            stack.append(_Frame(starts[kind], start, event.anchor))
            continue
        elif kind in ends:
            frame = stack.pop()
            node, weight = frame.close(max(start, end), text, prefer), frame.weight
            if frame.anchor:
                anchors[frame.anchor] = _Anchored(node, weight)
        elif kind is alias:
            # An alias to what contains it, or to nothing, can't be followed.
            found = anchors.get(event.anchor) or _Anchored(Scalar(HOLE, start, end), 1)
            node, weight = found
            expanded += weight
            if expanded > limit:
                raise UnreadableError("aliases stand for too much", start)
        else:
            anchors.clear()
            continue
        if stack:
            stack[-1].add(node, weight)
        else:
            yield node


def _any_between(holes: list[int], start: int, end: int) -> bool:
    index = bisect_right(holes, start - 1)
    return index < len(holes) and holes[index] < end


def _merged(pairs: list[Pair]) -> tuple[list[Pair], bool]:
    """Return the pairs with `<<` replaced by what it merges; own keys win."""
    own = [each for each in pairs if each.name != "<<"]
    names = {each.name for each in own}
    opened = False
    for each in pairs:
        if each.name != "<<":
            continue
        sources = each.value.items if isinstance(each.value, Sequence) else (each.value,)
        for source in sources:
            if not isinstance(source, Mapping):
                opened = True
                continue
            opened = opened or source.open
            added = [inner for inner in source.pairs if inner.name not in names]
            names.update(inner.name for inner in added)
            own.extend(added)
    return own, opened


def _settled(pairs: list[Pair], prefer: Prefer) -> tuple[Pair, ...]:
    """Return the pairs of a template, in which a name that stands twice has either value."""
    by_name: dict[str, list[Pair]] = {}
    for each in pairs:
        by_name.setdefault(each.name, []).append(each)
    return tuple(prefer(same) or _unsettled(same) for same in by_name.values())


def _unsettled(same: list[Pair]) -> Pair:
    first = same[0]
    values = {each.value.text for each in same if isinstance(each.value, Scalar)}
    alike = len(values) == 1 and all(isinstance(each.value, Scalar) for each in same)
    if len(same) == 1 or alike:
        return same[-1]
    return first._replace(value=Scalar(HOLE, first.key.start, first.key.end))
