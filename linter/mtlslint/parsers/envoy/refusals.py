"""What Envoy refuses because of what is missing: it only shows once secrets are merged in."""

from __future__ import annotations

from collections.abc import Iterator

from mtlslint.model import Misuse
from mtlslint.parsers.envoy.discover import Resource
from mtlslint.parsers.envoy.index import Index
from mtlslint.parsers.envoy.sockets import Socket
from mtlslint.parsers.envoy.validation import validation_of
from mtlslint.source import Span
from mtlslint.targets import Range
from mtlslint.yamltree.node import pair, truth
from mtlslint.yamltree.spans import pair_span

QUIC_CLIENT_AUTH = (1, 40)
"""The first version with client certificates over QUIC. Before none is asked for; since then 0-RTT
is off by default where they are (envoy v1.40 quic_transport.proto)."""


def refusals(socket: Socket, owner: Resource, index: Index, target: Range) -> Iterator[Misuse]:
    """Yield what a TLS context can't have without a trusted CA, or not over QUIC."""
    for span, name in _in_vain(socket, owner, index):
        yield Misuse("refused", name, "Envoy does not start with it without a `trusted_ca`", span)
    required = pair(socket.context, "require_client_certificate")
    if socket.quic and required and truth(required.value) and target.high < QUIC_CLIENT_AUTH:
        advice = f"Envoy before 1.40 does not start with it over QUIC ({target.source})"
        yield Misuse("refused", required.key.text, advice, pair_span(required, owner.path))


def _in_vain(socket: Socket, owner: Resource, index: Index) -> Iterator[tuple[Span, str]]:
    checks = validation_of(socket.context, owner, index)
    if not checks.refused:
        automatic = pair(socket.context, "auto_sni_san_validation")
        settled = checks.anchors or checks.custom or not checks.sees_all
        if automatic and truth(automatic.value) and not settled:
            yield pair_span(automatic, owner.path), automatic.key.text
        return
    if checks.sans:
        yield checks.sans, "SAN matchers"
    if checks.crl:
        yield checks.crl, "crl"
    if checks.expired:
        yield checks.expired, "allow_expired_certificate"
