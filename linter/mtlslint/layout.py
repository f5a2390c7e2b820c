"""How a piece of text lies on its lines: what an edit needs to keep a file's own form."""

from __future__ import annotations

from mtlslint.source import Span


def line_start(data: bytes, offset: int) -> int:
    """Return the offset at which the line of `offset` begins."""
    return data.rfind(b"\n", 0, offset) + 1


def line_end(data: bytes, offset: int) -> int:
    """Return the offset behind the last byte of the line of `offset`, its line end left out."""
    end = data.find(b"\n", offset)
    end = len(data) if end == -1 else end
    return end - 1 if data[offset:end].endswith(b"\r") else end


def line_break(data: bytes, offset: int) -> bytes:
    """Return how lines end at an offset: as this line does, or the one before it."""
    end = data.find(b"\n", offset)
    end = data.rfind(b"\n", 0, offset) if end == -1 else end
    return b"\r\n" if end > 0 and data[end - 1 : end] == b"\r" else b"\n"


def indentation(data: bytes, offset: int) -> bytes:
    """Return the blanks and tabs that the line of an offset begins with."""
    start = line_start(data, offset)
    line = data[start : line_end(data, start)]
    return line[: len(line) - len(line.lstrip(b" \t"))]


def begins_line(data: bytes, offset: int) -> bool:
    """Say whether nothing but blanks stands before an offset on its line."""
    return not data[line_start(data, offset) : offset].strip(b" \t\xef\xbb\xbf")


def whole_lines(data: bytes, span: Span) -> Span:
    """Return the span from the start of its first line to the start of the line behind it."""
    end = data.find(b"\n", max(span.start, span.end - 1))
    return Span(span.path, line_start(data, span.start), len(data) if end == -1 else end + 1)
