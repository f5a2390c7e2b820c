"""The hops as a Mermaid flowchart, which GitHub draws in Markdown.

Syntax: mermaid.js.org/syntax/flowchart.html. Labels are somebody else's text: all but letters,
digits and plain punctuation is written as a character reference.
"""

from __future__ import annotations

import re

from mtlslint.maps._graph import Graph, Protection
from mtlslint.reporters._terminal import clean

_STROKES = {
    Protection.PLAINTEXT: "#cf222e",
    Protection.UNVERIFIED: "#bc4c00",
    Protection.UNKNOWN: "#6e7781",
    Protection.VERIFIED: "#1a7f37",
    Protection.MUTUAL: "#1a7f37",
    Protection.ONE_SIDED: "#0969da",
}
_UNSAFE = re.compile(r"[^\w .,:/=*()+-]")


def render(graph: Graph, color: bool = False) -> str:
    """Return the chart; the colours of its ways are part of it."""
    names = {spot.id: f"n{number}" for number, spot in enumerate(graph.spots)}
    lines = ["flowchart LR"]
    for spot in graph.spots:
        opening, closing = ("[", "]") if spot.held else ("([", "])")
        lines.append(f'  {names[spot.id]}{opening}"{_text(spot.label)}"{closing}')
    for way in graph.ways:
        note = f" ({way.note})" if way.note else ""
        arrow = "-->" if way.protection is not Protection.PLAINTEXT else "-.->"
        label = _text(way.protection.value + note)
        lines.append(f'  {names[way.source]} {arrow}|"{label}"| {names[way.target]}')
    lines += _colors(graph)
    return "\n".join(lines) + "\n"


def _colors(graph: Graph) -> list[str]:
    """Return a line for each colour, with the numbers of the ways that have it."""
    by_color: dict[str, list[str]] = {}
    for number, way in enumerate(graph.ways):
        by_color.setdefault(_STROKES[way.protection], []).append(str(number))
    return [
        f"  linkStyle {','.join(numbers)} stroke:{color},color:{color}"
        for color, numbers in by_color.items()
    ]


def _text(label: str) -> str:
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", clean(label))
