"""Filters and route matches that let only clients with a certificate through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.parsers.envoy.discover import Resource
from mtlslint.parsers.envoy.filters import Filter, filters_of
from mtlslint.parsers.envoy.index import Index
from mtlslint.parsers.envoy.messages import message
from mtlslint.parsers.envoy.rbac import refuses_unknown
from mtlslint.parsers.envoy.routing import Table, leads_of, served, table_of, whole
from mtlslint.source import Span
from mtlslint.yamltree.node import Mapping, Node, Scalar, get, pair, snake, truth, walk
from mtlslint.yamltree.spans import head_span, pair_span

_PEER = re.compile(r"peerCertificate|PeerCertificate|downstreamSslConnection|peer_certificate")


class Guard(NamedTuple):
    """What demands a certificate: its line, or a note if that can't be told.

    `names`: it asks for somebody's, and not just for any. `lists`: it knows each certificate.
    """

    span: Span
    note: str = ""
    names: bool = True
    lists: bool = False


def guard_of(chain: Node, listener: Resource, index: Index) -> Guard | None:
    """Return what makes a certificate that is only asked for a required one.

    One that surely does counts before one that may.
    """
    found = list(_guards(chain, listener, index))
    sure = (each for each in found if not each.note)
    return next(sure, None) or next(iter(found), None)


def _guards(chain: Node, listener: Resource, index: Index) -> Iterator[Guard]:
    for each in filters_of(chain):
        if each.kind == "HttpConnectionManager":
            yield from _http_guards(each, chain, listener, index)
        elif found := _filter_guard(each, listener.path):
            yield found


def _http_guards(manager: Filter, chain: Node, listener: Resource, index: Index) -> Iterator[Guard]:
    table = table_of(manager, listener, index)
    for each in filters_of(manager.fields, "http_filters"):
        if each.kind == "RBAC" and table.node is not None:
            found = _by_route(each, table, listener.path)
        else:
            found = _filter_guard(each, listener.path)
            if found and _overridden(each.name, table):
                found = Guard(found.span, "routes override the filter that demands a certificate")
        if found:
            yield found
    routed = _route_guard(chain, table, listener, index)
    if routed:
        yield routed


def _by_route(each: Filter, table: Table, path: str) -> Guard | None:
    """Return what a filter demands on all routes, each of which may have rules of its own."""
    own = _filter_guard(each, path)
    found = [_at_route(each, own, around, table.owner.path) for around in served(table)]
    if None in found:
        return None
    sure = [one for one in found if one]
    if not sure or not whole(table):
        return own
    return next((one for one in sure if one.note), sure[0])


def _at_route(each: Filter, own: Guard | None, around: tuple[Node, ...], path: str) -> Guard | None:
    """Return what a filter demands on a route: the innermost rules count, none demand nothing."""
    for node in around:
        override = get(_overrides(node), snake(each.name))
        if override is not None:
            found = message(override)
            if found.kind == "FilterConfig":
                found = message(get(found.fields, "config"))
            inner = each._replace(fields=get(found.fields, "rbac"))
            return _filter_guard(inner, path) if inner.fields else None
    return own


def _overrides(node: Node) -> Node | None:
    return get(node, "typed_per_filter_config") or get(node, "per_filter_config")


def _route_guard(chain: Node, table: Table, listener: Resource, index: Index) -> Guard | None:
    if not whole(table):
        return None
    leads = [each for each in leads_of(chain, listener, index, False) if each.content]
    demands = [each.demands for each in leads if each.demands]
    return Guard(demands[0], names=False) if demands and len(demands) == len(leads) else None


def _overridden(name: str, table: Table) -> bool:
    fields = ("typed_per_filter_config", "per_filter_config")
    return any(
        each.name in fields
        and isinstance(each.value, Mapping)
        and any(inner.key.text == name for inner in each.value.pairs)
        for each in walk(table.node)
    )


def _filter_guard(each: Filter, path: str) -> Guard | None:
    if each.kind == "RBAC":
        rules = pair(each.fields, "rules")
        if rules and refuses_unknown(rules.value):
            return Guard(pair_span(rules, path))
        matcher = pair(each.fields, "matcher")
        return Guard(pair_span(matcher, path), "an RBAC matcher decides") if matcher else None
    if each.kind == "ExtAuthz":
        sent = pair(each.fields, "include_peer_certificate")
        lenient = truth(get(each.fields, "failure_mode_allow"))
        if sent and truth(sent.value) and not lenient:
            return Guard(pair_span(sent, path), "an authorization service sees the certificate")
    if each.kind == "ClientSSLAuth":
        listed = pair(each.fields, "ip_allowlist") or pair(each.fields, "ip_white_list")
        note = "some addresses need none" if listed else ""
        return Guard(head_span(each.node, path), note, lists=True)
    if each.kind == "Lua":
        for code in walk(each.fields):
            if isinstance(code.value, Scalar) and _PEER.search(code.value.text):
                return Guard(pair_span(code, path), "a Lua program looks at the certificate")
    return None
