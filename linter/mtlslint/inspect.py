"""Every endpoint as the model has it: its settings, where each comes from, what is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from mtlslint.engine import Result
from mtlslint.model import VOCABULARY, Endpoint, Link, Origin, Setting, State
from mtlslint.reporters import View
from mtlslint.reporters._places import region
from mtlslint.reporters._terminal import clean, styled
from mtlslint.settle import within
from mtlslint.source import Span


def render(result: Result, view: View, report: list[str] | None = None) -> str:
    """Return a block for each endpoint in the reported paths, the hops, and what was seen."""
    endpoints = sorted(result.document.endpoints, key=lambda e: (e.head, e.id))
    blocks = [
        "\n".join(_endpoint(result, endpoint, view))
        for endpoint in endpoints
        if within(result.sources.outward(endpoint.head).path, report)
    ]
    hops = "\n".join(_hops(result, view, report))
    return "\n\n".join([*blocks, *([hops] if hops else []), result.summary.sentence()]) + "\n"


def _endpoint(result: Result, endpoint: Endpoint, view: View) -> Iterator[str]:
    mark = " (test code)" if endpoint.test_code else ""
    yield (
        f"{styled(clean(endpoint.name), 'bold', view.color)}: "
        f"{endpoint.technology} {endpoint.side}{mark}, {_where(result, endpoint.head, view)}"
    )
    for number, state in enumerate(endpoint.states, 1):
        if len(endpoint.states) > 1:
            yield f"  on path {number} of {len(endpoint.states)}:"
        yield from _state(result, state, view)


def _state(result: Result, state: State, view: View) -> Iterator[str]:
    width = max((len(name) for name in state), default=0)
    for name in VOCABULARY:
        if name in state:
            yield f"    {name:{width}}  {_setting(result, state[name], view)}"


def _setting(result: Result, setting: Setting, view: View) -> str:
    if setting.value is None:
        value = styled("unknown", "note", view.color)
        return f"{value}: {clean(setting.note) or 'cannot be seen here'}"
    note = f" ({clean(setting.note)})" if setting.note else ""
    where = _where(result, setting.span, view)
    if setting.origin is Origin.DEFAULT:
        return f"{setting.value}, by default{note}"
    origin = "" if setting.origin is Origin.EXPLICIT else f", {setting.origin.value}"
    return f"{setting.value}{origin}, {where}{note}"


def _hops(result: Result, view: View, report: list[str] | None) -> Iterator[str]:
    names = {endpoint.id: endpoint for endpoint in result.document.endpoints}
    routes = [
        route
        for route in result.document.routes
        if within(result.sources.outward(route.span).path, report)
    ]
    links: dict[tuple[str, str], list[Link]] = {}
    for link in result.document.links:
        links.setdefault((link.server, link.client), []).append(link)
    if routes:
        yield "hops:"
    for route in routes:
        server, client = names[route.server], names[route.client]
        where = _where(result, route.span, view)
        yield f"  {clean(server.name)} -> {clean(client.name)}, {where}"
        for link in links.get((route.server, route.client), ()):
            sure = "certain" if link.certain else "likely"
            yield f"    -> {clean(names[link.app].name)} ({sure}: {clean(link.why)})"


def _where(result: Result, span: Span, view: View) -> str:
    at = region(result.sources, result.sources.outward(span))
    return clean(f"{view.prefix}{at.path}:{at.line}:{at.column}")
