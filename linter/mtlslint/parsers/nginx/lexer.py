"""Tokens of nginx configuration, with byte offsets.

The rules are those of `ngx_conf_read_token` (nginx 1.31, src/core/ngx_conf_file.c): quotes and `#`
count only at the start of a token, `}` too; `${` opens no block; a backslash protects the next
byte. Lua blocks follow Lua's rules, as OpenResty reads them.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    QUOTED = "quoted"
    END = ";"
    OPEN = "{"
    CLOSE = "}"
    COMMENT = "comment"
    BROKEN = "broken"  # a quote that is never closed: nothing behind it can be read


class Token(NamedTuple):
    """A token and where it stands: bytes `start` to `end`, quotes included."""

    kind: Kind
    start: int
    end: int


_SPACE = re.compile(rb"[ \t\r\n]*")
_TOKEN = re.compile(
    rb"""
    (?P<comment>\#[^\n]*)
  | (?P<end>;) | (?P<open>\{) | (?P<close>\})
  | (?P<quoted>"[^"\\]*(?:\\.[^"\\]*)*" | '[^'\\]*(?:\\.[^'\\]*)*')
  | (?P<broken>["'])
  | (?P<word>(?:[^ \t\r\n;{\\$]+ | \\.? | \$\{?)+)
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = {
    "comment": Kind.COMMENT,
    "end": Kind.END,
    "open": Kind.OPEN,
    "close": Kind.CLOSE,
    "quoted": Kind.QUOTED,
    "broken": Kind.BROKEN,
    "word": Kind.WORD,
}
_ESCAPE = re.compile(r"""\\(["'\\trn])""")
_ESCAPED = {"t": "\t", "r": "\r", "n": "\n"}
_BOM = b"\xef\xbb\xbf"


class Lexer:
    """Reads `data` token by token; `position` is where the next one is looked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = len(_BOM) if data.startswith(_BOM) else 0

    def next(self) -> Token | None:
        """Return the next token, comments included; None at the end."""
        space = _SPACE.match(self._data, self.position)
        start = space.end() if space else self.position
        match = _TOKEN.match(self._data, start)
        if match is None:
            self.position = len(self._data)
            return None
        self.position = match.end()
        return Token(_KINDS[match.lastgroup or "broken"], start, match.end())

    def skip_lua(self) -> bool:
        """Go past the `}` that closes a Lua block whose `{` was just read; False if none does."""
        end = lua_end(self._data, self.position)
        self.position = len(self._data) if end is None else end
        return end is not None


_LUA = re.compile(rb"""--\[=*\[|--|\[=*\[|["'{}]""")


def lua_end(data: bytes, start: int) -> int | None:
    """Return the offset behind the `}` that closes the Lua block begun before `start`."""
    depth = 1
    position: int | None = start
    while position is not None:
        match = _LUA.search(data, position)
        if match is None:
            return None
        mark = match[0]
        if mark == b"{":
            depth += 1
        elif mark == b"}":
            depth -= 1
            if not depth:
                return match.end()
        position = _lua_skip(data, mark, match.end())
    return None


def _lua_skip(data: bytes, mark: bytes, position: int) -> int | None:
    if mark in b"{}":
        return position
    if mark == b"--":
        return _behind(data, b"\n", position)
    if mark.endswith(b"["):
        equals = mark.count(b"=")
        return _behind(data, b"]" + b"=" * equals + b"]", position)
    while True:
        end = data.find(mark, position)
        if end == -1:
            return None
        slashes = end
        while slashes > position and data[slashes - 1 : slashes] == b"\\":
            slashes -= 1
        if (end - slashes) % 2 == 0:
            return end + 1
        position = end + 1


def _behind(data: bytes, closer: bytes, position: int) -> int | None:
    at = data.find(closer, position)
    return None if at == -1 else at + len(closer)


def value(data: bytes, token: Token) -> str:
    """Return what a word or quoted token says: without its quotes, escapes undone."""
    raw = data[token.start : token.end]
    if token.kind is Kind.QUOTED:
        raw = raw[1:-1]
    text = raw.decode("utf-8", "replace")
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)
