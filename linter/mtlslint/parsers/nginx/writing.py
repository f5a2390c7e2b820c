"""A directive as it stands in the bytes, and edits of it that keep the file's own form."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from mtlslint.edit import Edit
from mtlslint.layout import begins_line, indentation, line_break, line_end, line_start, whole_lines
from mtlslint.parsers.nginx.lexer import Kind, Lexer, Token, value
from mtlslint.parsers.nginx.tree import Directive
from mtlslint.source import Source, Span


class Written(NamedTuple):
    """A directive without a block; `end` is behind its `;`."""

    source: Source
    tokens: tuple[Token, ...]
    end: int

    @property
    def name(self) -> str:
        """What it is called."""
        return value(self.source.data, self.tokens[0])

    @property
    def args(self) -> tuple[str, ...]:
        """Its arguments, without quotes."""
        return tuple(value(self.source.data, token) for token in self.tokens[1:])

    def replaced(self, number: int, text: str) -> Edit:
        """Return the edit that writes another argument (0-based)."""
        token = self.tokens[1 + number]
        return Edit(Span(self.source.path, token.start, token.end), text.encode())

    def keeping(self, numbers: Collection[int]) -> Iterator[Edit]:
        """Yield the edits that leave only these arguments, and comments between them."""
        data = self.source.data
        for number, token in enumerate(self.tokens[1:]):
            if number in numbers:
                continue
            if any(kept < number for kept in numbers):
                start, end = self.tokens[number].end, token.end
                start = start if not data[start : token.start].strip() else token.start
            else:
                start, end = token.start, self.tokens[number + 2].start
                end = end if not data[token.end : end].strip() else token.end
            yield Edit(Span(self.source.path, start, end), b"")

    def dropped(self) -> Edit:
        """Return the edit that takes it out, with its lines if it is alone on them."""
        data, span = self.source.data, Span(self.source.path, self.tokens[0].start, self.end)
        alone = begins_line(data, span.start) and _only_comment(data, span.end)
        return Edit(whole_lines(data, span) if alone else span, b"")

    def followed(self, name: str, text: str) -> Edit:
        """Return the edit that writes another directive behind it, in the same manner."""
        data, start = self.source.data, self.tokens[0].start
        if not begins_line(data, start) or not _only_comment(data, self.end):
            return Edit(Span(self.source.path, self.end, self.end), f" {name} {text};".encode())
        at = line_end(data, self.end)
        line = line_break(data, at) + indentation(data, start) + self._aligned(name, text)
        return Edit(Span(self.source.path, at, at), line)

    def _aligned(self, name: str, text: str) -> bytes:
        """Return a directive whose argument stands below this one's, where columns are kept."""
        width = self.tokens[1].start - self.tokens[0].start
        padded = name.ljust(width) if self._in_columns(width) else name
        return f"{padded if padded.endswith(' ') else padded + ' '}{text};".encode()

    def _in_columns(self, width: int) -> bool:
        """Whether this line, or one beside it, pads its name to this width."""
        data, start = self.source.data, line_start(self.source.data, self.tokens[0].start)
        near = (start, line_start(data, start - 1), line_end(data, self.end) + 1)
        lines = (_PADDED.match(data, at + (data[at : at + 1] == b"\n")) for at in near if at >= 0)
        return any(line is not None and line.end() - line.end(1) == width for line in lines)


_PADDED = re.compile(rb"([ \t]*)[^\s;{}#]+ {2,}(?=[^\s;{}#])")


def _only_comment(data: bytes, end: int) -> bool:
    rest = data[end : line_end(data, end)].strip()
    return not rest or rest.startswith(b"#")


def written(source: Source, span: Span) -> Written | None:
    """Return the directive that begins at a span, None if it isn't plainly one."""
    lexer = Lexer(source.data)
    lexer.position = span.start
    tokens: list[Token] = []
    while (token := lexer.next()) is not None:
        if token.kind in (Kind.WORD, Kind.QUOTED):
            tokens.append(token)
        elif token.kind is Kind.END and len(tokens) > 1 and tokens[0].start == span.start:
            return Written(source, tuple(tokens), token.end)
        elif token.kind is not Kind.COMMENT:
            break
    return None


class Level(NamedTuple):
    """A block of a file: its head (None: the file itself) and what stands in it."""

    head: Directive | None
    directives: tuple[Directive, ...]

    def named(self, name: str) -> list[Directive]:
        """Return its own directives of a name."""
        return [each for each in self.directives if each.name == name and each.block is None]


def levels(tree: tuple[Directive, ...], span: Span) -> list[Level]:
    """Return the blocks around a directive in its file, from the inside out."""
    stack = [Level(None, tree)]
    return list(reversed(_levels(stack, span) or []))


def _levels(stack: Sequence[Level], span: Span) -> list[Level] | None:
    for each in stack[-1].directives:
        if each.span == span:
            return list(stack)
        if each.block:
            found = _levels([*stack, Level(each, each.block)], span)
            if found is not None:
                return found
    return None
