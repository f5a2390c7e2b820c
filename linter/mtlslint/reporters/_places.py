"""Findings and problems with their lines and columns: what every format needs."""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.source import Position, Source, Sources, Span


class Region(NamedTuple):
    """A span on one line: path, 1-based line, 1-based columns in code points, end exclusive."""

    path: str
    line: int
    column: int
    end_column: int


def region(sources: Sources, span: Span) -> Region:
    """Return the span's first line as a region; a span over several lines ends with the first."""
    source = sources.by_path[span.path]
    start = source.position(span.start)
    end = source.position(span.end)
    if end.line == start.line:
        return Region(span.path, start.line, start.column, max(end.column, start.column + 1))
    return Region(span.path, start.line, start.column, _line_end(source, start))


def _line_end(source: Source, start: Position) -> int:
    return max(len(source.line(start.line).rstrip()) + 1, start.column + 1)
