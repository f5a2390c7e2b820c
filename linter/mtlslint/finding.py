"""Findings: what a rule says about a place, before and after anyone prints it."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from mtlslint.source import Span


class Level(IntEnum):
    """How much a finding weighs; `off` is never reported."""

    OFF = 0
    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The name as written in rules, options and output."""
        return self.name.lower()


LEVELS = tuple(level.word for level in Level)


def level(word: str) -> Level:
    """Return the level with this name."""
    return Level[word.upper()]


class Place(NamedTuple):
    """A related place and what it has to do with the finding."""

    span: Span
    text: str


class Finding(NamedTuple):
    """One rule at one place.

    `rule` is the id. `endpoint` is the name of the endpoint that is at fault (empty for none),
    `subjects` the ids of all endpoints meant. `wire` is a command that shows it on the wire.
    `also` counts further endpoints that were merged into this finding. `states` are those of the
    endpoint in which it holds, by number.
    """

    rule: str
    level: Level
    message: str
    span: Span
    setting: str = ""
    endpoint: str = ""
    subjects: tuple[str, ...] = ()
    related: tuple[Place, ...] = ()
    wire: str = ""
    technology: str = ""
    test_code: bool = False
    also: int = 0
    states: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """The message, with the number of further endpoints for which the same holds."""
        if not self.also:
            return self.message
        others = "another endpoint" if self.also == 1 else f"{self.also} other endpoints"
        return f"{self.message}; the same holds for {others}"
