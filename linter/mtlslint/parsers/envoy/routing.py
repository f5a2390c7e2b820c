"""Where a filter chain sends traffic: its leads to clusters, and what is content of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.parsers.envoy.discover import ROUTES, Resource
from mtlslint.parsers.envoy.filters import Filter, filters_of
from mtlslint.parsers.envoy.index import Index, file_of
from mtlslint.parsers.envoy.rbac import refuses_everybody, refuses_unknown
from mtlslint.source import Span
from mtlslint.yamltree.node import (
    Mapping,
    Node,
    Pair,
    Scalar,
    get,
    is_open,
    items,
    literal,
    pair,
    text,
    truth,
    walk,
)
from mtlslint.yamltree.spans import pair_span

_HEALTH = re.compile(
    r"/(?:[\w-]+/)*_?(?:health|healthz|healthcheck|health-check|health_check|livez?|liveness|"
    r"readyz?|readiness|ping|status|alive|up)/?|/\.well-known/.*"
)
# Filters of a chain that look at traffic and send it nowhere.
_BYSTANDERS = frozenset(
    {
        "RBAC",
        "RateLimit",
        "LocalRateLimit",
        "ExtAuthz",
        "ConnectionLimit",
        "Wasm",
        "Echo",
        "Config",
        "ClientSSLAuth",
    }
)


_IDENTITY = "x-forwarded-client-cert"


class Lead(NamedTuple):
    """A reference to a cluster.

    `content`: what the cluster serves is served here; a mirror's answer isn't, nor a health check.
    `demands`: the line by which only connections with a client certificate get there.
    `cleaned`: the header of identities is removed on the way.
    """

    cluster: str
    span: Span
    path: str
    content: bool = True
    demands: Span | None = None
    cleaned: bool = False


class Table(NamedTuple):
    """A route table and the resource whose names it uses; `note` is why it isn't in sight."""

    node: Node | None
    owner: Resource
    note: str = ""


def leads_of(chain: Node, listener: Resource, index: Index, plaintext: bool) -> list[Lead]:
    """Return where a filter chain leads; `plaintext` is whether clients speak that."""
    found: list[Lead] = []
    for each in filters_of(chain):
        if _refuses(each, plaintext):
            break
        if each.kind == "HttpConnectionManager":
            inner = filters_of(each.fields, "http_filters")
            if not any(_refuses(one, plaintext) for one in inner):
                found += _table_leads(table_of(each, listener, index), plaintext)
        elif each.kind not in _BYSTANDERS:
            found += _stream_leads(each, listener.path)
    return found


def _refuses(each: Filter, plaintext: bool) -> bool:
    """Whether a filter lets nobody through: without TLS there's nobody with a certificate."""
    rules = get(each.fields, "rules")
    if each.kind != "RBAC" or rules is None or get(each.fields, "matcher") is not None:
        return False
    return refuses_everybody(rules) or (plaintext and refuses_unknown(rules))


def table_of(manager: Filter, listener: Resource, index: Index) -> Table:
    """Return the route table of an HTTP connection manager."""
    inline = get(manager.fields, "route_config")
    if inline is not None:
        return Table(inline, listener)
    name = text(manager.fields, "rds", "route_config_name")
    if not name or not literal(name):
        return Table(None, listener, "routes come from elsewhere")
    found = index.find(ROUTES, name, listener, file_of(get(manager.fields, "rds", "config_source")))
    if not found.resource:
        return Table(None, listener, f"the route table {found.note}")
    return Table(found.resource.node, found.resource)


def _stream_leads(each: Filter, path: str) -> Iterator[Lead]:
    """Yield the clusters of TCP, Thrift, Redis and other proxies: all call the field the same."""
    for found in walk(each.fields):
        if found.name == "cluster" and isinstance(found.value, Scalar):
            yield from _lead(found, path)
        elif found.name == "weighted_clusters":
            for weighted in items(found.value, "clusters") or items(found.value):
                yield from _lead(pair(weighted, "name"), path)


def _lead(
    found: Pair | None, path: str, content: bool = True, demands: Span | None = None
) -> Iterator[Lead]:
    if found and isinstance(found.value, Scalar) and literal(found.value.text):
        yield Lead(found.value.text, pair_span(found, path), path, content, demands)


def _table_leads(table: Table, plaintext: bool) -> Iterator[Lead]:
    path = table.owner.path
    yield from _mirrors(table.node, path)
    for host in items(table.node, "virtual_hosts"):
        around = _cleans(table.node) or _cleans(host)
        redirects = (text(host, "require_tls") or "NONE").upper() not in ("NONE", "0")
        if redirects and plaintext:
            continue
        yield from _mirrors(host, path)
        refused: Span | None = None
        for route in items(host, "routes"):
            cleaned = around or _cleans(route)
            for each in _route_leads(route, path):
                demands = each.demands or refused
                if not (plaintext and demands):
                    yield each._replace(cleaned=cleaned, demands=demands)
            refused = refused or _turned_away(route, path)
        for chosen in walk(get(host, "matcher")):
            if chosen.name == "route":
                yield from _action_leads(chosen.value, path, True, None)


def _mirrors(node: Node | None, path: str) -> Iterator[Lead]:
    for policy in items(node, "request_mirror_policies"):
        yield from _lead(pair(policy, "cluster"), path, content=False)


def _turned_away(route: Node, path: str) -> Span | None:
    """Return the line by which a route answers itself whoever shows no certificate."""
    match = get(route, "match")
    everywhere = text(match, "prefix") == "/" or text(match, "safe_regex", "regex") == ".*"
    if not everywhere or pair(route, "route") or pair(route, "filter_action"):
        return None
    narrowed = {"headers", "query_parameters", "grpc", "runtime_fraction", "cookies"}
    if not isinstance(match, Mapping) or narrowed & {each.name for each in match.pairs}:
        return None
    for name in ("presented", "validated"):
        wanted = pair(get(match, "tls_context"), name)
        if wanted and truth(wanted.value) is False:
            return pair_span(wanted, path)
    return None


def _cleans(node: Node | None) -> bool:
    """Whether a message about routes has the header of identities removed."""
    removed = items(node, "request_headers_to_remove")
    return any(isinstance(each, Scalar) and each.text.lower() == _IDENTITY for each in removed)


def _route_leads(route: Node, path: str) -> Iterator[Lead]:
    match = get(route, "match")
    content = _serves(match)
    demands = None
    for name in ("presented", "validated"):
        wanted = pair(get(match, "tls_context"), name)
        if wanted and truth(wanted.value):
            demands = pair_span(wanted, path)
    yield from _action_leads(get(route, "route"), path, content, demands)


def _serves(match: Node | None) -> bool:
    return not _HEALTH.fullmatch(text(match, "path") or text(match, "prefix") or "")


def _action_leads(
    action: Node | None, path: str, content: bool, demands: Span | None
) -> Iterator[Lead]:
    yield from _lead(pair(action, "cluster"), path, content, demands)
    for weighted in items(action, "weighted_clusters", "clusters"):
        yield from _lead(pair(weighted, "name"), path, content, demands)
    for policy in (
        *items(action, "request_mirror_policies"),
        *items(action, "request_mirror_policy"),
    ):
        yield from _lead(pair(policy, "cluster"), path, content=False)


def served(table: Table) -> Iterator[tuple[Node, ...]]:
    """Yield each route that serves content, within its host, within the table."""
    for host in items(table.node, "virtual_hosts"):
        for route in items(host, "routes"):
            if pair(route, "route") and table.node and _serves(get(route, "match")):
                yield route, host, table.node


def whole(table: Table) -> bool:
    """Whether all routes of a table are in sight."""
    if table.node is None or is_open(table.node) or is_open(get(table.node, "virtual_hosts")):
        return False
    hosts = items(table.node, "virtual_hosts")
    return not any(pair(host, "matcher") or is_open(host) for host in hosts)
