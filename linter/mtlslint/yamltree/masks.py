"""Bytes made readable as YAML, every offset kept: template tags, tabs, stray bytes.

A tag that stands where a value belongs becomes a value that is unknown. A tag alone on its lines
becomes empty lines; if it puts text in, its offset is a hole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from mtlslint.yamltree.node import HOLE, WIDE_HOLE

_CONTROL_BYTES = bytes(range(0x20)).translate(None, b"\t\n\r") + b"\x7f"
_BLANKED = bytes.maketrans(_CONTROL_BYTES, b" " * len(_CONTROL_BYTES))
_PLAIN = bytes(range(0x80)) + b"?" * 0x80
_CLOSERS = {b"{{": b"}}", b"{%": b"%}", b"<%": b"%>", b"{#": b"#}", b"%{": b"}"}
_OPENER = re.compile(rb"\{\{|\{%|<%|\{#|(?<!%)%\{")
_COMMENT = re.compile(rb"\{#|\{\{-?\s*/\*|<%#")
_QUIET = re.compile(
    rb"(?:\{\{|\{%|<%|%\{)[-~+]?\s*(?:[/#!^]|(?:if|else|elif|elsif|elseif|end\w*|for|range|"
    rb"with|set|define|macro|import|from|filter|raw|do|unless|when|case|next|continue)\b|\$\w+\s*:?=|\})"
)
# Placeholders that can't stand where YAML expects a value.
_BARE = re.compile(
    rb"\$\{[^{}\n]*\}|@[A-Za-z_]\w*@|(?<=[ :])%(?:%?[A-Za-z_]\w*%%?|[dqsv])(?=[\s,}\]])"
)
# What is put in there is lines of its own.
_LINE = re.compile(
    rb"^[ \t]*(?:\$\{[^{}\n]*\}|\$[A-Z_][A-Z0-9_]*|__[A-Z0-9_]+__|@[A-Z0-9_]+@|%%?[A-Z0-9_]+%%?)"
    rb"[ \t]*(?=\r?$)",
    re.MULTILINE,
)
_SURROGATES = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


class Text(NamedTuple):
    """A text to be read as YAML, and how its code points map to bytes.

    `holes` are the sorted byte offsets at which a template puts something in.
    """

    text: str
    offset: Callable[[int], int]
    templated: bool
    holes: list[int]


def templated(data: bytes) -> bool:
    """Whether template tags may stand in the bytes."""
    return any(opener in data for opener in _CLOSERS)


def readable(data: bytes, base: int, *, lenient: bool = False) -> Text:
    """Return bytes that begin at the offset `base` as text.

    `lenient` also gives up tabs, escapes and placeholders that YAML refuses.
    """
    holes: list[int] = []
    data = data.translate(_BLANKED)
    tagged = templated(data)
    if tagged:
        data, holes = _without_tags(data)
    if lenient:
        data = data.replace(b"\t", b" ")
        holes = sorted((*holes, *(match.start() for match in _LINE.finditer(data))))
        data = _LINE.sub(lambda match: b" " * len(match[0]), data)
        data = _BARE.sub(lambda match: _unknown(len(match[0])), data)
        data = _SURROGATES.sub(b"????????????", data)
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        text = data[start:].decode("utf-8")
    except UnicodeDecodeError:
        text = data[start:].translate(_PLAIN).decode("ascii")
    return Text(text, _offsets(text, base + start), tagged, [base + hole for hole in holes])


def _offsets(text: str, start: int) -> Callable[[int], int]:
    if text.isascii():
        return start.__add__
    wide = list(re.finditer(r"[^\x00-\x7f]", text))
    places = [match.start() for match in wide]
    extra = [0, *accumulate(len(match[0].encode()) - 1 for match in wide)]
    return lambda index: start + index + extra[bisect_right(places, index - 1)]


def _without_tags(data: bytes) -> tuple[bytes, list[int]]:
    """Return the bytes with every tag replaced, and the offsets of those that put text in."""
    tags = list(_tags(data))
    bare = bytearray(data)
    for start, end in tags:
        bare[start:end] = bytes(end - start)
    holes: list[int] = []
    made = bytearray(data)
    upcoming = iter([*tags, (len(data) + 1, 0)])
    start, end = next(upcoming)
    first = 0
    for line in bytes(bare).split(b"\n"):
        alone = not line.strip(b"\0 \t\r")
        last = first + len(line)
        while start <= last:
            comment = _COMMENT.match(data, start)
            blank = b"\n" if alone else b" " if comment else b""
            made[start:end] = blank * (end - start) if blank else _unknown(end - start)
            if alone and not comment and not _QUIET.match(data, start):
                holes.append(start)
            start, end = next(upcoming)
        first = last + 1
    return bytes(made), holes


def _tags(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the ranges of all tags. An opener that nothing closes is none."""
    missing: set[bytes] = set()
    position = 0
    while (match := _OPENER.search(data, position)) is not None:
        position = match.end()
        closer = _CLOSERS[match[0]]
        end = -1 if closer in missing else data.find(closer, position)
        if end == -1:
            missing.add(closer)
            continue
        position = end + len(closer)
        if data[match.end() : match.end() + 1] == b"{" and data[position : position + 1] == b"}":
            position += 1
        yield match.start(), position


def _unknown(length: int) -> bytes:
    wide = WIDE_HOLE.encode() if length % 2 else b""
    return wide + HOLE.encode() * ((length - len(wide)) // 2)
