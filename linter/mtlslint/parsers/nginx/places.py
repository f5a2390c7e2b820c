"""Where directives come to stand once everything is included: one place for each way there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from mtlslint.facts import Project
from mtlslint.parsers.nginx.roots import contexts
from mtlslint.parsers.nginx.scope import Scope
from mtlslint.source import Span

Places = Mapping[Span, Sequence[Scope]]


class _Known:
    """A project, equal only to itself: telling it by its content would take longer than reading."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def __hash__(self) -> int:
        return id(self.project.facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.project.facts is self.project.facts


def places(project: Project) -> Places:
    """Return the levels that each directive stands in, by its span; the last answer is kept."""
    return _places(_Known(project))


@lru_cache(maxsize=1)
def _places(known: _Known) -> Places:
    found: dict[Span, list[Scope]] = {}
    waiting = [Scope(context.directives) for context in contexts(known.project)]
    while waiting:
        scope = waiting.pop()
        for each in scope.directives:
            found.setdefault(each.span, []).append(scope)
            if each.block is not None:
                waiting.append(Scope(each.block, scope))
    return found
