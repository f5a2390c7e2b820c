"""YAML and JSON to light trees, from the C parser's events: no recursion, bounded in size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from mtlslint.parsers.envoy.masks import Text
from mtlslint.parsers.envoy.node import (
    HOLE,
    Mapping,
    Node,
    Pair,
    Scalar,
    Sequence,
    snake,
)

if TYPE_CHECKING:
    import yaml

DEPTH_LIMIT = 120
ALIAS_LIMIT = 200_000
"""Nodes that aliases may stand for in one document: a bomb has more, no configuration has."""


class UnreadableError(Exception):
    """Why a document could not be read, and the byte offset where."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


class _Frame:
    """A mapping or list that is being read."""

    __slots__ = ("anchor", "children", "key", "mapping", "open", "start", "weight")

    def __init__(self, mapping: bool, start: int, anchor: str | None) -> None:
        self.mapping = mapping
        self.start = start
        self.anchor = anchor
        self.children: list[Any] = []
        self.key: Node | None = None
        self.open = False
        self.weight = 1

    def add(self, node: Node, weight: int) -> None:
        self.weight += weight
        if not self.mapping:
            self.children.append(node)
        elif self.key is None:
            self.key = node
        else:
            key, self.key = self.key, None
            if isinstance(key, Scalar) and key.text != HOLE:
                self.children.append(Pair(snake(key.text), key, node))
            else:
                self.open = True

    def close(self, end: int, text: Text) -> Node:
        # A block ends where the next thing begins, so what a template adds at its end is within.
        opened = self.open or _any_between(text.holes, self.start, end)
        if self.mapping:
            pairs, merged_open = _merged(self.children)
            return Mapping(_settled(pairs, text.templated), self.start, end, opened or merged_open)
        return Sequence(tuple(self.children), self.start, end, opened)


class _Anchored(NamedTuple):
    node: Node
    weight: int


def compose(text: Text) -> Iterator[Node]:
    """Yield the documents of a text; raises UnreadableError after those that could be read."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from _documents(yaml.parse(text.text, Loader=loader), text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "no YAML"
        raise UnreadableError(reason, text.offset(getattr(mark, "index", 0))) from None
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableError(str(error).splitlines()[0], 0) from None


def _documents(events: Iterator[yaml.Event], text: Text) -> Iterator[Node]:
    import yaml

    stack: list[_Frame] = []
    anchors: dict[str, _Anchored] = {}
    expanded = 0
    for event in events:
        start, end = _bounds(event, text)
        weight = 1
        if isinstance(event, yaml.ScalarEvent):
            style = event.style if event.style in ("'", '"', "|", ">") else ""
            node: Node = Scalar(event.value, start, end, style)
            if event.anchor:
                anchors[event.anchor] = _Anchored(node, 1)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(stack) >= DEPTH_LIMIT:
                raise UnreadableError("nested too deeply", start)
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            stack.append(_Frame(is_mapping, start, event.anchor))
            continue
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = stack.pop()
            node, weight = frame.close(max(start, end), text), frame.weight
            if frame.anchor:
                anchors[frame.anchor] = _Anchored(node, weight)
        elif isinstance(event, yaml.AliasEvent):
            # An alias to what contains it, or to nothing, can't be followed.
            found = anchors.get(event.anchor or "") or _Anchored(Scalar(HOLE, start, end), 1)
            node, weight = found
            expanded += weight
            if expanded > ALIAS_LIMIT:
                raise UnreadableError("aliases stand for too much", start)
        else:
            anchors.clear()
            continue
        if stack:
            stack[-1].add(node, weight)
        else:
            yield node


def _bounds(event: Any, text: Text) -> tuple[int, int]:
    """Return an event's byte offsets; the C parser gives every event its marks."""
    return text.offset(event.start_mark.index), text.offset(event.end_mark.index)


def _any_between(holes: list[int], start: int, end: int) -> bool:
    index = bisect_right(holes, start - 1)
    return index < len(holes) and holes[index] < end


def _merged(pairs: list[Pair]) -> tuple[list[Pair], bool]:
    """Return the pairs with `<<` replaced by what it merges; own keys win."""
    if not any(each.name == "<<" for each in pairs):
        return pairs, False
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


def _settled(pairs: list[Pair], templated: bool) -> tuple[Pair, ...]:
    """Return the pairs; in a template, a name that stands twice has either value."""
    if not templated:
        return tuple(pairs)
    by_name: dict[str, list[Pair]] = {}
    for each in pairs:
        by_name.setdefault(each.name, []).append(each)
    return tuple(_either(same) for same in by_name.values())


def _either(same: list[Pair]) -> Pair:
    first = same[0]
    values = {each.value.text for each in same if isinstance(each.value, Scalar)}
    alike = len(values) == 1 and all(isinstance(each.value, Scalar) for each in same)
    if len(same) == 1 or alike:
        return same[-1]
    return first._replace(value=Scalar(HOLE, first.value.start, first.key.end))
