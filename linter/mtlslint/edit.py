"""Edits: pieces of a file's bytes that are replaced, and nothing else of it.

Bytes, not text: whatever encoding, line ends, byte order mark or final newline a file has, what no
edit touches stays as it is. Nothing here knows what an edit is for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mtlslint.source import Embedding, Segment, Source, Sources, Span


class Edit(NamedTuple):
    """The bytes of `span` become `text`; an empty span inserts, an empty text deletes."""

    span: Span
    text: bytes


class Fix(NamedTuple):
    """Edits in one or more files that are made together or not at all; `title` says what they do.

    The title begins with a verb and no full stop ends it: "replace `optional` by `on`".
    """

    title: str
    edits: tuple[Edit, ...]


def overlap(one: Edit, other: Edit) -> bool:
    """Say whether two different edits can't both be made: neither order would give what's meant.

    Two insertions at one place overlap: which text would come first?
    """
    if one.span.path != other.span.path:
        return False
    first, second = sorted((one.span, other.span))
    if first.start == first.end == second.start:
        return second.start == second.end
    return second.start < first.end


def merged(edits: Iterable[Edit]) -> tuple[Edit, ...] | None:
    """Return the edits sorted, equal ones once; None if two of them overlap."""
    ordered = sorted(set(edits))
    if any(overlap(one, other) for one, other in itertools.pairwise(ordered)):
        return None
    return tuple(ordered)


def joined(fixes: Iterable[Fix | None]) -> Fix | None:
    """Return fixes as one; None if there's none, one is missing or two of them overlap."""
    made: list[Fix] = []
    for fix in fixes:
        if fix is None:
            return None
        made.append(fix)
    edits = merged(edit for fix in made for edit in fix.edits)
    return Fix("; ".join(dict.fromkeys(fix.title for fix in made)), edits) if edits else None


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of one file with edits made.

    Raises ValueError if two overlap or one lies outside of the data.
    """
    ordered = merged(edits)
    if ordered is None:
        raise ValueError("edits overlap")
    pieces: list[bytes] = []
    done = 0
    for edit in ordered:
        if not done <= edit.span.start <= edit.span.end <= len(data):
            raise ValueError(f"edit outside of the file: {edit.span}")
        pieces += (data[done : edit.span.start], edit.text)
        done = edit.span.end
    return b"".join((*pieces, data[done:]))


def by_path(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    """Return the edits of each file, in its order."""
    found: dict[str, list[Edit]] = {}
    for edit in sorted(edits):
        found.setdefault(edit.span.path, []).append(edit)
    return found


def moved(span: Span, edits: Mapping[str, Sequence[Edit]]) -> Span:
    """Return where what begins at a span is once edits are made; the result is empty.

    What an edit replaces begins where the new text does. `edits` are those of each file, sorted.
    """
    shift = 0
    for edit in edits.get(span.path, ()):
        inserts = edit.span.start == edit.span.end
        if edit.span.end < span.start or (edit.span.end == span.start and not inserts):
            shift += len(edit.text) - (edit.span.end - edit.span.start)
        elif inserts and edit.span.start == span.start:
            shift += len(edit.text)
        elif edit.span.start < span.start:
            start = edit.span.start + shift + min(span.start - edit.span.start, len(edit.text))
            return Span(span.path, start, start)
        else:
            break
    start = span.start + shift
    return Span(span.path, start, start)


def outward(edit: Edit, sources: Sources) -> Edit | None:
    """Return the edit of the file on disk that makes this one of an embedded source.

    None where the two aren't the same bytes, or a line would have to be written otherwise there.
    """
    source = sources.by_path.get(edit.span.path)
    while source is not None and source.embedding is not None:
        outer = sources.by_path.get(source.embedding.path)
        found = _outward(edit, source, source.embedding, outer) if outer else None
        if found is None:
            return None
        edit, source = found, outer
    return edit if source is not None else None


def _outward(edit: Edit, source: Source, embedding: Embedding, outer: Source) -> Edit | None:
    """Return the edit one level further out; only in block strings are bytes what they seem."""
    start, end = edit.span.start, edit.span.end
    segment = _holding(embedding, start, end)
    if segment is None:
        return None
    line = outer.data.rfind(b"\n", 0, segment.outer) + 1
    indent = outer.data[line : segment.outer]
    at, till = (segment.outer + offset - segment.inner for offset in (start, end))
    if indent.strip(b" ") or source.data[start:end] != outer.data[at:till]:
        return None
    place = Span(embedding.path, at, till)
    if b"\n" not in edit.text and b"\n" not in source.data[start:end]:
        return Edit(place, edit.text)
    return _of_lines(edit, source, segment, place, indent)


def _holding(embedding: Embedding, start: int, end: int) -> Segment | None:
    """Return the last piece that holds a range whole."""
    fits = (
        segment
        for segment in reversed(embedding.segments)
        if segment.inner <= start and end <= segment.inner + segment.length
    )
    return next(fits, None)


def _of_lines(
    edit: Edit, source: Source, segment: Segment, place: Span, indent: bytes
) -> Edit | None:
    """Return an edit that makes or drops lines of a block string: each has the block's indent."""
    text = edit.text.replace(b"\n", b"\n" + indent)
    end_of_piece = segment.inner + segment.length
    if edit.span.start == edit.span.end:
        if edit.span.end == end_of_piece and source.data[:end_of_piece].endswith(b"\n"):
            text = indent + text.removesuffix(indent)  # behind the last line, where there's none
        return Edit(place, text)
    whole = edit.span.start == segment.inner and edit.span.end == end_of_piece
    if not whole or text or not source.data[:end_of_piece].endswith(b"\n"):
        return None
    return Edit(place._replace(start=place.start - len(indent)), b"")
