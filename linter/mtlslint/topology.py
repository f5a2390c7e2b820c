"""What holds between endpoints: which server a hop leads to, which serve the same, who is believed.

Only a project with both a proxy and something behind it pays for reading what runs where.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mtlslint.facts import Paths
from mtlslint.files import Files
from mtlslint.model import SERVER, Document, Endpoint, Link, Route, Setting, State
from mtlslint.source import Source, Sources
from mtlslint.twins import around, twins


class Linked(NamedTuple):
    """A document whose parts know of each other, and the sources that this took besides."""

    document: Document
    sources: Mapping[str, Source]


def linked(document: Document, files: Files, paths: Paths, sources: Sources) -> Linked:
    """Return the document with its links and twins."""
    read: Mapping[str, Source] = {}
    if _may_lead_inside(document):
        from mtlslint import links
        from mtlslint.workloads import reading

        estate = reading.read(files, paths)
        document = document._replace(links=links.links(document, estate, sources))
        document = document._replace(endpoints=tuple(_vouched(document)))
        named = {span.path for link in document.links for span in (*link.via, *link.around)}
        read = {path: estate.sources[path] for path in sorted(named)}
    pairs = (*document.twins, *twins(document.endpoints), *around(document.links))
    return Linked(document._replace(twins=pairs), read)


def _may_lead_inside(document: Document) -> bool:
    """Whether there is a hop with a known address, and a server that passes nothing on."""
    passing = {route.server for route in document.routes}
    clients = {route.client for route in document.routes}
    ends = document.endpoints
    return any(each.side == SERVER and each.id not in passing for each in ends) and any(
        each.addresses for each in ends if each.id in clients
    )


def _vouched(document: Document) -> Iterable[Endpoint]:
    """Yield the endpoints; an identity header is checked where every way in overwrites it."""
    into: dict[str, list[Link]] = {}
    for link in document.links:
        into.setdefault(link.app, []).append(link)
    clean = {(each.server, each.client) for each in document.routes if _sanitizes(each)}
    for endpoint in document.endpoints:
        ways = into.get(endpoint.id, [])
        vouched = ways and all((way.server, way.client) in clean for way in ways)
        if vouched and not any(way.around for way in ways):
            endpoint = endpoint._replace(states=tuple(map(_believed, endpoint.states)))
        yield endpoint


def _sanitizes(route: Route) -> bool:
    headers = (state.get("identity_headers") for state in route.states)
    return all(each is not None and each.value == "sanitized" for each in headers)


def _believed(state: State) -> State:
    found = state.get("client_identity")
    if found is None or found.value != "header":
        return state
    checked = Setting("checked", found.span, note="every proxy in front overwrites the header")
    return {**state, "client_identity": checked}
