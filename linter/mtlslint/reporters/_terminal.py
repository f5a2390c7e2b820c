"""Text that is safe and aligned on a terminal."""

from __future__ import annotations

import re

STYLES = {
    "bold": "1",
    "dim": "2",
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "ok": "32",
}

# C0 (but tab), C1, and the marks that reorder or hide text: the input is somebody else's.
_UNSAFE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
TAB = 4


def clean(text: str) -> str:
    """Return text with control and reordering characters written out (`\\x1b`, `\\u202e`)."""
    return _UNSAFE.sub(lambda m: m[0].encode("unicode_escape").decode("ascii"), text)


def styled(text: str, style: str, color: bool) -> str:
    """Return text in a style of STYLES if colour is wanted."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if color else text


def columns(text: str) -> int:
    """Return how many terminal columns a text takes."""
    if text.isascii():
        return len(text)
    import unicodedata  # most text is ASCII, and doesn't pay for it

    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    narrow = sum(unicodedata.combining(char) != 0 for char in text)
    return len(text) + wide - narrow


def expand(text: str) -> str:
    """Return a line as it is shown: tabs as spaces, the rest clean."""
    return clean(text.replace("\t", " " * TAB))
