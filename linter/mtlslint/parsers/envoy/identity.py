"""Identity headers: what becomes of `x-forwarded-client-cert` that a client sends.

Only ALWAYS_FORWARD_ONLY keeps the header of a client without a certificate. FORWARD_ONLY and
APPEND_FORWARD keep it for whoever has a certificate that is accepted.
"""

from __future__ import annotations

from mtlslint.model import Endpoint, Origin, Setting
from mtlslint.parsers.envoy.discover import Resource
from mtlslint.parsers.envoy.filters import filters_of
from mtlslint.yamltree.node import Node, Pair, Scalar, get, pair, walk
from mtlslint.yamltree.spans import pair_span

_MODES = ("SANITIZE", "FORWARD_ONLY", "APPEND_FORWARD", "SANITIZE_SET", "ALWAYS_FORWARD_ONLY")
_ALWAYS = "ALWAYS_FORWARD_ONLY"
_BY_CERTIFICATE = ("FORWARD_ONLY", "APPEND_FORWARD")


def identity_headers(chain: Node, listener: Resource, server: Endpoint) -> Setting | None:
    """Return what a chain does to identity headers; None if it passes no HTTP on."""
    for each in filters_of(chain):
        if each.kind != "HttpConnectionManager":
            continue
        for one in walk(get(each.fields, "forward_client_cert_matcher")):
            if one.name == "forward_client_cert_details" and mode_of(one) == _ALWAYS:
                return Setting("forwarded", pair_span(one, listener.path))
        found = pair(each.fields, "forward_client_cert_details")
        if not found:
            return Setting("sanitized", server.head, Origin.DEFAULT)
        mode = mode_of(found)
        span = pair_span(found, listener.path)
        if pair(each.fields, "forward_client_cert_matcher") and mode != _ALWAYS:
            return Setting(None, span, note="a matcher decides for each request")
        if mode in _BY_CERTIFICATE:
            forwarded = _accepts_any(server)
        elif mode == _ALWAYS:
            forwarded = True
        elif mode in ("SANITIZE", "SANITIZE_SET"):
            forwarded = False
        else:
            return Setting(None, span, note="set by a template")
        return Setting("forwarded" if forwarded else "sanitized", span)
    return None


def mode_of(found: Pair) -> str:
    """Return the name of what `forward_client_cert_details` says."""
    word = found.value.text.upper() if isinstance(found.value, Scalar) else ""
    return _MODES[int(word)] if word in ("0", "1", "2", "3", "4") else word


def _accepts_any(server: Endpoint) -> bool:
    state = server.states[0]
    auth, chain = state.get("client_auth"), state.get("client_chain")
    asked = auth is not None and auth.value in ("optional", "required")
    return asked and chain is not None and chain.value == "unverified"
