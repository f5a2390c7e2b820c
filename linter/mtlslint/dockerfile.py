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
    r"^[ \t]*(FROM|WORKDIR|COPY|ADD|RUN|ENV|CMD|ENTRYPOINT)[ \t]+(.+)$",
    re.MULTILINE | re.IGNORECASE,
)
_OPTION = re.compile(r"--([\w-]+)(?:=(\S*))?[ \t]+")
_QUOTED = re.compile(r'"([^"]*)"')


class Instruction(NamedTuple):
    """One instruction: its name in capitals, its `--options`, and the words behind them.

    `listed`: the words are those of a JSON list, and no shell sees them. `start` and `end` are
    where its first line stands in the text.
    """

    name: str
    options: dict[str, str]
    words: tuple[str, ...]
    listed: bool
    start: int
    end: int

    def settings(self) -> Iterator[tuple[str, str]]:
        """Yield the variables that an `ENV` sets, in either of its forms."""
        if self.words and "=" not in self.words[0]:
            yield self.words[0], " ".join(self.words[1:])
            return
        for word in self.words:
            name, _, value = word.partition("=")
            yield name, value.strip("\"'")


def instructions(text: str) -> Iterator[Instruction]:
    """Yield the instructions of a Dockerfile that say what is in the image and what it runs."""
    # Blanks in the place of what continues a line keep every offset.
    joined = _CONTINUED.sub(lambda found: " " * len(found[0]), text)
    for found in _INSTRUCTION.finditer(joined):
        name, rest = found[1], f"{found[2].strip()} "
        line = text.find("\n", found.start(1))
        end = min(found.end(), line if line >= 0 else len(text))
        options: dict[str, str] = {}
        while (option := _OPTION.match(rest)) is not None:
            options[option[1]] = option[2] or ""
            rest = rest[option.end() :]
        plain = rest.strip()
        listed = plain.startswith("[")
        words = _QUOTED.findall(plain) if listed else plain.split()
        yield Instruction(name.upper(), options, tuple(words), listed, found.start(1), end)
