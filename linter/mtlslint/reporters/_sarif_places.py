"""Spans as SARIF locations: one line each, relative to the root of the checked project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sarif_om import (
    ArtifactContent,
    ArtifactLocation,
    Location,
    Message,
    PhysicalLocation,
    Region,
)

from mtlslint.model import Problem
from mtlslint.reporters import _places
from mtlslint.reporters._sarif_text import escaped, is_clean, sentence
from mtlslint.source import Source, Sources, Span

ROOT = "%SRCROOT%"
CONTEXT_LINES = 1
SNIPPET_LIMIT = 2000
"""Longer text (a minified file) isn't repeated."""


@dataclass(frozen=True, slots=True)
class Places:
    """Makes locations; `prefix` leads from where the command runs to the project's root."""

    sources: Sources
    prefix: str

    def location(self, span: Span, text: str = "", id_: int = -1) -> Any:
        """Return a span's first line as a location, with a remark and an id to link to."""
        at = _places.region(self.sources, span)
        return Location(
            id=id_,
            physical_location=PhysicalLocation(
                artifact_location=self._artifact(at.path), region=_region(at)
            ),
            message=Message(text=escaped(sentence(text))) if text.strip() else None,
        )

    def with_text(self, span: Span) -> Any:
        """Return a span's first line as a location, with what stands there and around it."""
        at = _places.region(self.sources, span)
        source = self.sources.by_path[at.path]
        here = _region(at, source.line(at.line)[at.column - 1 : at.end_column - 1])
        physical = PhysicalLocation(
            artifact_location=self._artifact(at.path),
            region=here,
            context_region=_context(source, at, here),
        )
        return Location(physical_location=physical)

    def of_problem(self, problem: Problem) -> list[Any] | None:
        """Return where a problem is: a line, a file, or nothing."""
        if problem.span and problem.span.path in self.sources.by_path:
            return [self.location(problem.span)]
        path = self.sources.outward(Span(problem.path, 0, 0)).path
        if not path:
            return None
        physical = PhysicalLocation(artifact_location=self._artifact(path))
        return [Location(physical_location=physical)]

    def _artifact(self, path: str) -> Any:
        return ArtifactLocation(uri=self._uri(path), uri_base_id=ROOT)

    def _uri(self, path: str) -> str:
        """Return a relative URI; a prefix that climbs out of the repository would help nobody."""
        climbs = self.prefix.startswith(("../", "/"))
        return quote(path if climbs else self.prefix + path, safe="/", errors="surrogateescape")


def _region(at: _places.Region, text: str = "") -> Any:
    return Region(
        start_line=at.line,
        start_column=at.column,
        end_line=at.line,
        end_column=at.end_column,
        snippet=_snippet(text),
    )


def _context(source: Source, at: _places.Region, here: Any) -> Any:
    """Return the region with the lines around it; None if that shows nothing more."""
    first = max(at.line - CONTEXT_LINES, 1)
    last = min(at.line + CONTEXT_LINES, len(source.line_starts))
    end = source.line_starts[last - 1] + len(source.line(last).encode("utf-8"))
    text = source.text(Span(source.path, source.line_starts[first - 1], end))
    around = Region(
        start_line=first,
        start_column=1,
        end_line=last,
        end_column=max(len(source.line(last)) + 1, at.end_column if last == at.line else 1),
        snippet=_snippet(text),
    )
    return around if around.snippet and around != here else None


def _snippet(text: str) -> Any:
    """Return a region's text as it stands, or None if a reader had better not see it so."""
    if not text or len(text) > SNIPPET_LIMIT or not is_clean(text):
        return None
    return ArtifactContent(text=text)
