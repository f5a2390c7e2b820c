"""Whether an access log tells which client came.

Nothing is logged unless it is said; the format that holds where none is given names no
certificate. A log that is sent by gRPC always holds the peer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtlslint.model import Origin, Setting
from mtlslint.parsers.envoy.discover import Resource
from mtlslint.parsers.envoy.filters import Filter, filters_of
from mtlslint.parsers.envoy.messages import message
from mtlslint.source import Span
from mtlslint.yamltree.node import (
    Node,
    Pair,
    Scalar,
    get,
    is_open,
    items,
    literal,
    pair,
    text,
    walk,
)
from mtlslint.yamltree.spans import pair_span

_TELLING = re.compile(
    r"DOWNSTREAM_PEER_(?!CERT_V_)[A-Z0-9_]+|peer_certificate|x-forwarded-client-cert", re.IGNORECASE
)
# What a filter or another program may have put there.
_HANDED = re.compile(r"%(?:DYNAMIC_METADATA|FILTER_STATE|CEL|UPSTREAM_METADATA)\(")
_OPERATOR = re.compile(r"%[A-Z][A-Z0-9_]*(?:\([^)]*\))?(?::\d+)?%")
_ALWAYS = frozenset({"HttpGrpcAccessLogConfig", "TcpGrpcAccessLogConfig"})
_BY_FORMAT = frozenset(
    {
        *("FileAccessLog", "StdoutAccessLog", "StderrAccessLog", "StreamAccessLog"),
        *("OpenTelemetryAccessLogConfig", "FluentdAccessLogConfig"),
    }
)
_OLD = {
    "envoy.file_access_log": "FileAccessLog",
    "envoy.access_loggers.file": "FileAccessLog",
    "envoy.http_grpc_access_log": "HttpGrpcAccessLogConfig",
    "envoy.tcp_grpc_access_log": "TcpGrpcAccessLogConfig",
}
_PROGRAMS = frozenset({"Lua", "Wasm", "ExternalProcessor", "Config", "ExtAuthz", "DynamicModule"})


def identity_log(chain: Node, listener: Resource, head: Span) -> Setting:
    """Return whether any access log of a chain and its listener holds something of the client."""
    fields = [each.fields for each in filters_of(chain)]
    found = [one for each in (*fields, listener.node) if (one := pair(each, "access_log"))]
    unsure = _unsure(chain, found)
    for one in found:
        for log in items(one.value):
            verdict = _tells(log)
            if verdict:
                return Setting("logged", pair_span(one, listener.path))
            if verdict is None:
                unsure = unsure or "the log's format isn't known"
    value = None if unsure else "unlogged"
    if found:
        return Setting(value, pair_span(found[0], listener.path), note=unsure)
    return Setting(value, head, Origin.DEFAULT, note=unsure)


def _unsure(chain: Node, found: list[Pair]) -> str:
    """Return why there may be more than is in sight, "" if there isn't."""
    if is_open(chain) or is_open(get(chain, "filters")) or any(is_open(f.value) for f in found):
        return "a template decides"
    for each in filters_of(chain):
        if is_open(each.fields) or each.fields is None:
            return "a filter's settings are not in sight"
        for one in (each, *_http_filters(each)):
            if one.kind in _PROGRAMS:
                return f"the filter {one.kind} may log it"
    return ""


def _http_filters(manager: Filter) -> Iterator[Filter]:
    if manager.kind == "HttpConnectionManager":
        yield from filters_of(manager.fields, "http_filters")


def _tells(log: Node) -> bool | None:
    """Whether a log holds something of the client's certificate; None if that isn't known."""
    config = get(log, "typed_config")
    kind = message(config).kind if config else _OLD.get(text(log, "name") or "", "")
    if kind in _ALWAYS:
        return True
    said = [item.text for one in walk(log) for item in items(one.value) if isinstance(item, Scalar)]
    if any(_TELLING.search(each) for each in said):
        return True
    told = all(literal(_OPERATOR.sub("", each)) and not _HANDED.search(each) for each in said)
    elsewhere = get(message(config).fields, "log_format", "text_format_source", "filename")
    return False if kind in _BY_FORMAT and told and not elsewhere else None
