"""Bytes with a path, and spans into them.

Offsets are byte offsets, 0-based, end exclusive. Lines and columns are 1-based; columns count code
points. A source may lie inside another file (a ConfigMap's block string): its spans are mapped to
that file before anyone outside the parsers sees them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple


class Span(NamedTuple):
    """A range of bytes in the source named `path`."""

    path: str
    start: int
    end: int


class Segment(NamedTuple):
    """`length` bytes at `inner` that stand, unchanged, at `outer` in the enclosing source."""

    inner: int
    outer: int
    length: int


class Embedding(NamedTuple):
    """Where an embedded source lies: in the source `path`, piece by piece, sorted by `inner`."""

    path: str
    segments: tuple[Segment, ...]

    def outward(self, start: int, end: int) -> Span:
        """Return the enclosing source's span for a range of the embedded one."""
        return Span(self.path, self._offset(start), max(self._offset(start), self._offset(end)))

    def _offset(self, inner: int) -> int:
        index = bisect_right(self.segments, inner, key=lambda s: s.inner) - 1
        segment = self.segments[max(index, 0)]
        return segment.outer + min(max(inner - segment.inner, 0), segment.length)


class Position(NamedTuple):
    """A 1-based line and a 1-based column in code points."""

    line: int
    column: int


class Source(NamedTuple):
    """A file's bytes under its path (relative to the project root, with `/`), or a part of one.

    `name` is what a parser should judge the file by: the file's own name, or for an embedded
    source the key it stood under. `path` of an embedded source is unique but is no file.
    """

    path: str
    data: bytes
    name: str = ""
    embedding: Embedding | None = None

    @property
    def line_starts(self) -> list[int]:
        """Byte offsets at which lines begin; LF, CRLF and lone CR end a line."""
        return _line_starts(self.data)

    def position(self, offset: int) -> Position:
        """Return the line and column of a byte offset (clamped to the source)."""
        offset = min(max(offset, 0), len(self.data))
        line = bisect_right(self.line_starts, offset)
        start = self.line_starts[line - 1]
        return Position(line, len(self.data[start:offset].decode("utf-8", "replace")) + 1)

    def line(self, number: int) -> str:
        """Return the text of a 1-based line without its end; undecodable bytes are replaced."""
        start = self.line_starts[number - 1]
        stop = self.line_starts[number] if number < len(self.line_starts) else len(self.data)
        return self.data[start:stop].rstrip(b"\r\n").decode("utf-8", "replace")

    def text(self, span: Span) -> str:
        """Return the text of a span of this source."""
        return self.data[span.start : span.end].decode("utf-8", "replace")


@lru_cache(maxsize=512)
def _line_starts(data: bytes) -> list[int]:
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    if data and data[-1] not in b"\r\n":
        starts.pop()
    return starts


class Sources(NamedTuple):
    """All sources of a check by path, embedded ones among them."""

    by_path: Mapping[str, Source]

    def outward(self, span: Span) -> Span:
        """Return the span in the file on disk that holds it."""
        source = self.by_path.get(span.path)
        while source and source.embedding:
            span = source.embedding.outward(span.start, span.end)
            source = self.by_path.get(span.path)
        return span

    def text(self, span: Span) -> str:
        """Return a span's text as it stands where it was read."""
        source = self.by_path.get(span.path)
        return source.text(span) if source else ""
