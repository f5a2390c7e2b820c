"""Placeholders: what templates and deployment scripts put where a value or directive belongs."""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(
    r"\{\{|\{%|<%|%>|\}\}|\$|__\w+?__|%%?\w+%%?|@@?\w+@@?|#\{|<\w+>|\[\[\w+\]\]"
)
# No directive of nginx begins with one of these.
_TAG_NAME = re.compile(r"\{\{|\{%|<|\$|__|%|@|#\{|\[\[")


def literal(text: str) -> bool:
    """Whether `text` says all: no variable and no placeholder of any template in it."""
    return _PLACEHOLDER.search(text) is None


_WHOLE = re.compile(
    r"\{\{.*?\}\}|<%.*?%>|\$\{[^}]*\}|\$\w+|__\w+?__|%%?\w+%%?|@@?\w+@@?|#\{[^}]*\}|<\w+>",
    re.DOTALL,
)


def without_placeholders(text: str, filler: str) -> str:
    """Return `text` with `filler` in the place of each variable and placeholder."""
    return _WHOLE.sub(filler, text)


def holds_tag(name: str) -> bool:
    """Whether what stands in a directive's place is a template's placeholder."""
    return _TAG_NAME.match(name) is not None


_LEADING = re.compile(r"^(?:\{%.*?%\}|<%[^=].*?%>)", re.DOTALL)
_TRAILING = re.compile(r"(?:\{%[^{}]*%\}|<%(?!=)[^<>]*%>)$", re.DOTALL)


def strip_tags(word: str) -> str:
    """Return a word without the control tags that hug it (`ssl{% if x %}`)."""
    if "{%" not in word and "<%" not in word:
        return word
    return _TRAILING.sub("", _LEADING.sub("", word))
