"""The instructions of a Dockerfile, line continuations and lists of words undone.

Facts from the Dockerfile reference (docs.docker.com/reference/dockerfile).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

NAME = re.compile(r"(?:.*\.)?(?:Dockerfile|Containerfile)(?:[._-].*)?", re.IGNORECASE)
"""What Dockerfiles are called."""

_CONTINUED = re.compile(r"\\[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*")
_INSTRUCTION = re.compile(
    r"^[ \t]*(FROM|WORKDIR|COPY|ADD|RUN|ENV|ARG|EXPOSE|CMD|ENTRYPOINT)[ \t]+(.+)$",
    re.MULTILINE | re.IGNORECASE,
)
_OPTION = re.compile(r"--([\w-]+)(?:=(\S*))?[ \t]+")
_QUOTED = re.compile(r'"([^"]*)"')


class Instruction(NamedTuple):
    """One instruction: its name in capitals, its `--options`, and the words behind them."""

    name: str
    options: dict[str, str]
    words: tuple[str, ...]


def instructions(text: str) -> Iterator[Instruction]:
    """Yield the instructions of a Dockerfile that say what is in the image and what it runs."""
    for name, rest in _INSTRUCTION.findall(_CONTINUED.sub(" ", text)):
        rest = f"{rest.strip()} "
        options: dict[str, str] = {}
        while (option := _OPTION.match(rest)) is not None:
            options[option[1]] = option[2] or ""
            rest = rest[option.end() :]
        plain = rest.strip()
        words = _QUOTED.findall(plain) if plain.startswith("[") else plain.split()
        yield Instruction(name.upper(), options, tuple(words))
