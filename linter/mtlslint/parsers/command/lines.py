"""Words of a command line, shell and wrappers undone."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence

_SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh"})
_RUNS = frozenset({"-c", "-lc", "-ec", "-exc"})
_OPERATORS = ";&|"
_SET = re.compile(r"[A-Za-z_]\w*=")
_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?-([^${}]*))?\}|(\w+))")
NESTING = 3
"""Shells within shells that are looked into."""


def commands(words: Sequence[str], depth: int = 0) -> Iterator[list[str]]:
    """Yield the commands that words come to: those of a script, if a shell is to run one."""
    name = words[0].rpartition("/")[2] if words else ""
    flag = next((number for number, word in enumerate(words) if word in _RUNS), len(words))
    if name in _SHELLS and flag + 1 < len(words):
        yield from script(words[flag + 1], depth + 1)
    elif words:
        yield list(words)


def script(text: str, depth: int = 0) -> Iterator[list[str]]:
    """Yield the commands of a text that a shell runs."""
    if depth > NESTING:
        return
    command: list[str] = []
    for word in [*_split(text), ";"]:
        if word and set(word) <= set(_OPERATORS):
            yield from commands(_without_settings(command), depth)
            command = []
        else:
            command.append(word)


def _split(text: str) -> list[str]:
    lexer = shlex.shlex(text.replace("\n", ";"), posix=True, punctuation_chars=_OPERATORS)
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:  # a quotation mark that nothing closes
        return text.split()


def _without_settings(words: list[str]) -> list[str]:
    while words and _SET.match(words[0]):
        words = words[1:]
    return words


def filled(word: str) -> str | None:
    """Return a word with the defaults of its variables; None if one has none."""
    missing = False

    def value(found: re.Match[str]) -> str:
        nonlocal missing
        missing = missing or found[2] is None
        return found[2] or ""

    text = _VARIABLE.sub(value, word)
    return None if missing else text
