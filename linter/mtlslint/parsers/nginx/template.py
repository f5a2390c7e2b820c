"""Templates of nginx configuration: tags are masked, so that what is around them can be read.

Masking keeps every byte where it was, so spans stay right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from mtlslint.parsers.nginx.lexer import Kind, Lexer
from mtlslint.parsers.nginx.tags import Effect, effects, tags

NESTING_LIMIT = 64
LINE_LIMIT = 1024  # bytes around a tag that are looked at


class Choice(NamedTuple):
    """One arm (0-based) of the `arms` that a template's conditional has, an empty one included."""

    condition: str
    arm: int
    arms: int


class _If:
    """A conditional or loop that is being read; `arm` is the one read last."""

    def __init__(
        self,
        texts: list[str],
        starts: list[int],
        arm: int = 0,
        otherwise: bool = False,
        loop: bool = False,
    ) -> None:
        self.texts = texts
        self.starts = starts
        self.arm = arm
        self.otherwise = otherwise
        self.loop = loop

    def choice(self, arm: int) -> Choice:
        """Return an arm as a choice; `if not x` is the other arm of `if x`."""
        arms = self.arm + (1 if self.otherwise else 2)
        condition = " | ".join(self.texts)
        negated = re.fullmatch(r"(?:not\b|!|unless\b)\s*(\S.*)", condition)
        if negated and arms == 2:
            return Choice(negated[1], 1 - arm, 2)
        return Choice(condition, arm, arms)


class Mask:
    """The masked bytes, and which conditionals are open from which offset on.

    `readable`: the control tags fit together. `lenient`: a stray `;` may be a mask's.
    """

    def __init__(self, data: bytes, readable: bool = True, lenient: bool = False) -> None:
        self.data = data
        self.readable = readable
        self.lenient = lenient
        self._starts: list[int] = []
        self._open: list[tuple[tuple[_If, int], ...]] = []

    def choices(self, offset: int) -> tuple[Choice, ...]:
        """Return the arms that the byte at `offset` stands in, outermost first."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return ()
        return tuple(opened.choice(arm) for opened, arm in self._open[index] if not opened.loop)

    def split(self, start: int, end: int) -> bool:
        """Whether a control tag stands between two offsets."""
        return bisect_right(self._starts, start) != bisect_right(self._starts, end - 1)

    def mark(self, offset: int, stack: list[_If]) -> None:
        """Note what is open from `offset` on."""
        self._starts.append(offset)
        self._open.append(tuple((opened, opened.arm) for opened in stack))


_FILL = ord("x")


def mask(data: bytes, one_opening: bool = False) -> Mask:
    """Return `data` with its template tags masked.

    `one_opening`: where each arm of a conditional opens (or closes) a block anew, keep only the
    first arm.
    """
    masked = bytearray(data)
    result = Mask(b"", lenient=True)
    stack: list[_If] = []
    for start, end in tags(data):
        for effect, text in effects(data[start:end].decode("utf-8", "replace")):
            if effect is Effect.VALUE:
                _cover(masked, data, start, end)
                continue
            _blank(masked, data, start, end)
            closed = stack[-1] if effect is Effect.END and stack else None
            if not _advance(stack, effect, text, start, end):
                result.readable = False
                break
            if closed is not None and one_opening:
                _keep_first(masked, closed, start)
            if effect is not Effect.NOTHING:
                result.mark(start, stack)
        if not result.readable:
            break
    result.readable = result.readable and not stack
    result.data = bytes(masked)
    return result


_BARE = re.compile(
    rb"^[ \t]*(\$\{?\w+\}?|__\w+__|%%?\w+%%?|@@?\w+@@?|<[A-Z_]+>)[ \t]*\r?$", re.MULTILINE
)


def mask_placeholders(data: bytes) -> Mask:
    """Return `data` with the placeholders masked that stand alone in a directive's place."""
    masked = bytearray(data)
    found = False
    for match in _BARE.finditer(data):
        found = _cover(masked, data, match.start(1), match.end(1)) or found
    return Mask(bytes(masked) if found else data, lenient=found)


def _advance(stack: list[_If], effect: Effect, text: str, start: int, end: int) -> bool:
    """Follow one control tag; False if it doesn't fit."""
    if effect is Effect.IF:
        stack.append(_If([text], [end]))
    elif effect is Effect.LOOP:
        stack.append(_If([""], [end], loop=True))
    elif effect is Effect.END:
        if not stack:
            return False
        stack.pop()
    elif effect is Effect.ELSE:
        if not stack:
            return False
        top = stack[-1]
        top.arm += 1
        top.starts.append(end)
        if text:
            top.texts.append(text)
        else:
            top.otherwise = True
    return len(stack) < NESTING_LIMIT


def _keep_first(masked: bytearray, closed: _If, end: int) -> None:
    """Blank all arms but the first, if each of them leaves as many blocks open."""
    bounds = [*closed.starts, end]
    depths = {
        _depth(bytes(masked[bounds[index] : bounds[index + 1]]))
        for index in range(len(closed.starts))
    }
    if len(closed.starts) > 1 and len(depths) == 1 and depths != {0}:
        for at in range(bounds[1], end):
            if masked[at] not in b"\r\n":
                masked[at] = ord(" ")


def _depth(data: bytes) -> int:
    depth = 0
    lexer = Lexer(data)
    while (token := lexer.next()) is not None:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
    return depth


def _blank(masked: bytearray, data: bytes, start: int, end: int) -> None:
    """Mask a control tag: by space if it stands free, as part of the word if it hugs one."""
    before = data[start - 1 : start]
    after = data[end : end + 1]
    hugs = (before and before not in b" \t\r\n;{}>") or (after and after not in b" \t\r\n;{}<")
    free = _alone(data, start, end) or _ended(bytes(masked[max(0, start - LINE_LIMIT) : start]))
    filler = _FILL if hugs and not free else ord(" ")
    for at in range(start, end):
        if data[at] not in b"\r\n" or filler == _FILL:
            masked[at] = filler


def _alone(data: bytes, start: int, end: int) -> bool:
    before = data[max(0, start - LINE_LIMIT) : start].rpartition(b"\n")[2]
    return not before.strip() and not _rest_of_line(data, end)


def _rest_of_line(data: bytes, end: int) -> bytes:
    return data[end : end + LINE_LIMIT].partition(b"\n")[0].strip()


def _cover(masked: bytearray, data: bytes, start: int, end: int) -> bool:
    """Mask a value tag as a word; as a directive of its own where it stands as one."""
    for at in range(start, end):
        masked[at] = _FILL
    rest = _rest_of_line(data, end)
    if rest and not rest.startswith(b"#"):
        return False
    if not _statement_starts(bytes(masked[max(0, start - LINE_LIMIT) : start])):
        return False
    after = data[end : end + LINE_LIMIT].lstrip()
    if after[:1] in (b";", b"{") and not after.startswith((b"{{", b"{%", b"{#")):
        return False
    masked[end - 1] = ord(";")
    return True


_TRAILING_COMMENT = re.compile(rb"(?:^|(?<=[ \t;{}]))#[^\n]*$", re.MULTILINE)


def _statement_starts(head: bytes) -> bool:
    """Whether a directive may begin behind `head`, the masked bytes before it."""
    return not head.rpartition(b"\n")[2].strip() and _ended(head)


def _ended(head: bytes) -> bool:
    """Whether the last directive in `head` is complete."""
    text = _TRAILING_COMMENT.sub(b"", head).rstrip()
    return not text or text[-1:] in (b";", b"{", b"}")


def conditions(all_choices: Iterable[tuple[Choice, ...]]) -> dict[str, int]:
    """Return the conditions that occur and how many arms each has."""
    found: dict[str, int] = {}
    for choices in all_choices:
        for choice in choices:
            found[choice.condition] = max(found.get(choice.condition, 0), choice.arms)
    return found
