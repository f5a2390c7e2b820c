"""The hops as a graph for Graphviz (graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

from mtlslint.maps._graph import Graph, Protection
from mtlslint.reporters._terminal import clean

_COLORS = {
    Protection.PLAINTEXT: "red3",
    Protection.UNVERIFIED: "darkorange3",
    Protection.UNKNOWN: "gray40",
    Protection.VERIFIED: "green4",
    Protection.MUTUAL: "green4",
    Protection.ONE_SIDED: "blue3",
}


def render(graph: Graph, color: bool = False) -> str:
    """Return the graph; the colours of its ways are part of it."""
    names = {spot.id: f"n{number}" for number, spot in enumerate(graph.spots)}
    lines = ["digraph hops {", "  rankdir=LR", "  node [shape=box]"]
    for spot in graph.spots:
        shape = "" if spot.held else ", shape=ellipse"
        lines.append(f"  {names[spot.id]} [label={_text(spot.label)}{shape}]")
    for way in graph.ways:
        label = way.protection.value + (f" ({way.note})" if way.note else "")
        style = ", style=dashed" if way.protection is Protection.PLAINTEXT else ""
        hue = _COLORS[way.protection]
        lines.append(
            f"  {names[way.source]} -> {names[way.target]} "
            f"[label={_text(label)}, color={hue}, fontcolor={hue}{style}]"
        )
    return "\n".join([*lines, "}"]) + "\n"


def _text(label: str) -> str:
    escaped = clean(label).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
