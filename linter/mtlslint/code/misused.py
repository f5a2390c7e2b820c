"""Gathers calls that a library doesn't know, refuses, or takes and doesn't heed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mtlslint.model import Misuse, Setting, State
from mtlslint.source import Span

IDLE = "idle."
"""Begins the names of settings that say beside what a call has no effect."""


@dataclass(slots=True)
class Misused:
    """The misuses met so far, by where they are written.

    `idle` are calls that have no effect beside some settings, `heeded` whether they had any.
    """

    noted: dict[Span, tuple[str, str, str]] = field(default_factory=dict)
    idle: dict[Span, tuple[str, str]] = field(default_factory=dict)
    heeded: dict[Span, bool] = field(default_factory=dict)

    def note(self, kind: str, name: str, advice: str, span: Span) -> None:
        """Note a call that the library doesn't know, refuses or ignores."""
        self.noted.setdefault(span, (kind, name, advice))

    def weigh(self, settings: Mapping[str, Setting], state: State) -> None:
        """Note whether calls have an effect beside what else is set, on any path."""
        for name, mark in settings.items():
            decisive = state.get(name.split(".")[1]) if name.startswith(IDLE) else None
            if decisive is not None:
                heeded = self.heeded.get(mark.span, False)
                self.heeded[mark.span] = heeded or decisive.value != mark.value

    def all(self, is_test: Callable[[Span], bool]) -> tuple[Misuse, ...]:
        """Return all misuses, in the order they are written."""
        found: list[Misuse] = []
        for span, heeded in self.heeded.items():
            if not heeded:
                self.note("ignored", *self.idle[span], span)
        for span, (kind, name, advice) in sorted(
            self.noted.items(), key=lambda one: _outer_first(one[0])
        ):
            if not any(_within(span, other.span) for other in found):
                found.append(Misuse(kind, name, advice, span, is_test(span)))
        return tuple(found)


def _outer_first(span: Span) -> tuple[str, int, int]:
    return span.path, span.start, -span.end


def _within(span: Span, other: Span) -> bool:
    return span.path == other.path and other.start <= span.start and span.end <= other.end
