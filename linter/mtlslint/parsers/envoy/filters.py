"""Network and HTTP filters of a chain, however they are configured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.parsers.envoy.messages import Message, message
from mtlslint.yamltree.node import Node, get, items, pair, text, truth

_BY_NAME = {
    "envoy.http_connection_manager": "HttpConnectionManager",
    "envoy.filters.network.http_connection_manager": "HttpConnectionManager",
    "envoy.tcp_proxy": "TcpProxy",
    "envoy.filters.network.tcp_proxy": "TcpProxy",
    "envoy.filters.network.rbac": "RBAC",
    "envoy.client_ssl_auth": "ClientSSLAuth",
    "envoy.filters.network.client_ssl_auth": "ClientSSLAuth",
    "envoy.filters.http.rbac": "RBAC",
}


class Filter(NamedTuple):
    """A filter: what it is, its settings, the name that routes know it by."""

    kind: str
    fields: Node | None
    name: str
    node: Node


def filters_of(chain: Node | None, field: str = "filters") -> Iterator[Filter]:
    """Yield the filters in force, in order."""
    for each in items(chain, field):
        name = text(each, "name") or ""
        if truth(get(each, "disabled")):
            continue
        config = pair(each, "typed_config")
        if config:
            found: Message = message(config.value)
            yield Filter(found.kind, found.fields, name, each)
        else:
            # The v2 API: known by name, settings as an untyped struct.
            yield Filter(_BY_NAME.get(name, ""), get(each, "config"), name, each)
