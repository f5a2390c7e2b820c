"""Text for SARIF messages: sentences without control characters, in which only our links link."""

from __future__ import annotations

import re

from mtlslint.reporters._terminal import clean

_LINK_SYNTAX = re.compile(r"[\\\[\]]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_line(text: str) -> str:
    """Return text on one line, with what must not reach a reader's screen written out."""
    folded = clean(" ".join(text.split()))
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):x}", folded)


def clean_lines(text: str) -> str:
    """Return text line by line, clean, with its indentation."""
    return "\n".join(_SURROGATE.sub("?", clean(line)) for line in text.split("\n"))


def is_clean(text: str) -> bool:
    """Say whether nothing in text would have to be written out or was lost in decoding."""
    unbroken = text.replace("\r", "").replace("\n", "")
    return clean(unbroken) == unbroken and "\ufffd" not in text


def paragraph(text: str) -> str:
    """Return the first paragraph of a text, as `sentence` does."""
    return sentence(text.strip().split("\n\n")[0])


def sentence(text: str) -> str:
    """Return text on one line, clean and ending as a sentence."""
    line = clean_line(text)
    return line if not line or line[-1] in ".!?" else line + "."


def shortened(text: str, limit: int) -> str:
    """Return text of at most `limit` characters."""
    return text if len(text) <= limit else text[: limit - 4].rstrip() + " ..."


def escaped(text: str) -> str:
    r"""Return text in which nothing is a link: SARIF 2.1.0, 3.11.6, `\[`, `\]` and `\\`.

    CodeQL's own SARIF is escaped so, in link texts and outside of them.
    """
    return _LINK_SYNTAX.sub(r"\\\g<0>", text)


def link(text: str, target: int) -> str:
    """Return a link to the related location with this id."""
    return f"[{escaped(text)}]({target})"
