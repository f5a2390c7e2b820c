"""What a downstream TLS context does to clients: the table of Envoy's own validator.

`require_client_certificate` does nothing without a trusted CA; SAN matchers and pins demand a
certificate without it (envoy source/common/tls/cert_validator/default_validator.cc).
"""

from __future__ import annotations

from mtlslint.model import Origin, Setting
from mtlslint.parsers.envoy.sockets import Socket
from mtlslint.parsers.envoy.validation import Validation
from mtlslint.source import Span
from mtlslint.yamltree.node import absent, pair, truth
from mtlslint.yamltree.spans import pair_span

Settings = dict[str, Setting]


class Requirement:
    """`require_client_certificate`: its value, None if unknown, and the line that stands for it."""

    __slots__ = ("origin", "span", "value", "written")

    def __init__(self, socket: Socket, path: str) -> None:
        found = pair(socket.context, "require_client_certificate")
        self.written = found is not None
        self.value: bool | None = False
        self.span: Span = socket.head
        self.origin = Origin.DEFAULT
        if found:
            self.span = pair_span(found, path)
            self.value = truth(found.value)
            self.origin = Origin.EXPLICIT
        elif not absent(socket.context, "require_client_certificate"):
            self.value = None


def client_authentication(socket: Socket, checks: Validation, path: str) -> Settings:
    """Return client_auth, client_auth_intent, client_chain, client_ca and client_identity."""
    require = Requirement(socket, path)
    settings = {
        "client_auth": _auth(socket, checks, require),
        "client_auth_intent": _intent(checks, require),
        "client_chain": _chain(socket, checks),
        "client_ca": _authority(socket, checks),
        "client_identity": _identity(socket, checks),
    }
    if settings["client_auth"].value == "none":
        del settings["client_chain"]
    return settings


def _auth(socket: Socket, checks: Validation, require: Requirement) -> Setting:
    span, origin, via = require.span, require.origin, checks.via
    if checks.custom:
        if checks.spiffe:
            at = checks.custom_span or span
            return Setting("required", at, via=via, note="the SPIFFE validator always requires one")
        return Setting(None, checks.custom_span or span, note=f"the validator {checks.custom}")
    if checks.refused:
        return Setting(None, span, note="Envoy does not start with this without a trusted CA")
    implied = checks.pins or checks.sans
    if implied and not checks.untrusted:
        return Setting("required", implied, via=via, note="a list to match demands one")
    if not checks.sees_all:
        return _hidden(checks, require)
    if require.value is None:
        return Setting(None, span, note="require_client_certificate is set by a template")
    if checks.anchors:
        return Setting("required" if require.value else "optional", span, origin, via)
    if checks.untrusted or checks.pins:
        # Asked for, but nothing demands it: the flag needs a trusted CA.
        return Setting("optional", span, origin, via)
    note = "nothing to verify against, so no certificate is asked for" if require.value else ""
    return Setting("none", span, origin, via, note)


def _hidden(checks: Validation, require: Requirement) -> Setting:
    """With part of the context out of sight, a demand may come from there or come to nothing."""
    if checks.anchors and require.value:
        return Setting("required", require.span, require.origin, checks.via)
    return Setting(None, checks.at or require.span, note=checks.note)


def _intent(checks: Validation, require: Requirement) -> Setting:
    if require.value:
        return Setting("asked", require.span)
    for at in (
        checks.anchors.span if checks.anchors else None,
        checks.sans,
        checks.pins,
        checks.untrusted,
        checks.custom_span,
        checks.crl,
        checks.at if checks.note else None,
    ):
        if at:
            return Setting("asked", at)
    if require.value is None:
        return Setting(None, require.span, note="require_client_certificate is set by a template")
    return Setting("none", require.span, require.origin)


def _chain(socket: Socket, checks: Validation) -> Setting:
    if checks.spiffe:
        return Setting("verified", checks.custom_span or socket.head)
    if checks.custom:
        return Setting(None, checks.custom_span or socket.head, note="a validator of its own")
    if checks.untrusted:
        return Setting("unverified", checks.untrusted, via=checks.via)
    if not checks.sees_all:
        return Setting(None, checks.at or socket.head, note=checks.note)
    return Setting("verified", checks.anchors.span if checks.anchors else socket.head)


def _authority(socket: Socket, checks: Validation) -> Setting:
    if checks.spiffe:
        return Setting("private", checks.custom_span or socket.head)
    if checks.anchors:
        found = checks.anchors
        # Of a public CA's certificates, only those that are listed.
        value = "private" if checks.pins and found.value == "public" else found.value
        return Setting(value, found.span, via=checks.via, note=found.note)
    if not checks.sees_all or checks.custom:
        return Setting(None, checks.at or socket.head, note=checks.note or "a validator of its own")
    return Setting("none", socket.head, Origin.DEFAULT)


def _identity(socket: Socket, checks: Validation) -> Setting:
    at = checks.names or checks.pins or (checks.custom_span if checks.spiffe else None)
    if at:
        return Setting("checked", at, via=checks.via)
    if not checks.sees_all or checks.custom:
        return Setting(None, checks.at or socket.head, note=checks.note or "a validator of its own")
    return Setting("unchecked", socket.head, Origin.DEFAULT)
