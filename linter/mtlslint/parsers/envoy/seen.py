"""Who, behind the handshake, is told who the client is and may look at it."""

from __future__ import annotations

from collections.abc import Iterator

from mtlslint.parsers.envoy.filters import Filter, filters_of
from mtlslint.parsers.envoy.rbac import names_anybody
from mtlslint.yamltree.node import Node, Pair, Scalar, get, pair, text, walk

# Programs whose text is elsewhere, and services that are sent the client's principal.
_OUT_OF_SIGHT = frozenset(
    {"ExtAuthz", "ExternalProcessor", "Wasm", "Config", "DynamicModuleFilter", "DynamicModule"}
)
_REMOVED = ("SANITIZE", "0")


def told(chain: Node) -> str:
    """Return who is told, or may ask, who the client is; "" if nobody."""
    for each in walk(chain, "access_log"):  # that refuses nobody
        if each.name == "forward_client_cert_details" and _text(each) not in _REMOVED:
            return "the application"
        if "DOWNSTREAM_PEER" in _text(each):
            return "the application"
    for one in _every(chain):
        if one.kind in _OUT_OF_SIGHT or (one.kind == "Lua" and _elsewhere(one)):
            return f"the filter {one.kind}"
        if one.kind == "RBAC" and names_anybody(one.fields):
            return "a rule for some of the requests"
    return ""


def _every(chain: Node) -> Iterator[Filter]:
    for each in filters_of(chain):
        yield each
        yield from filters_of(each.fields, "http_filters")


def _elsewhere(script: Filter) -> bool:
    """Whether a program's text isn't in sight."""
    source = get(script.fields, "default_source_code")
    if pair(script.fields, "source_codes"):
        return True
    return source is not None and text(source, "inline_string") is None


def _text(each: Pair) -> str:
    return each.value.text if isinstance(each.value, Scalar) else ""
