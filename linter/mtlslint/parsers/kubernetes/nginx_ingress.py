"""ingress-nginx: client certificates and backends by annotation.

Facts from its source at controller-v1.15 (internal/ingress/annotations/{authtls,proxyssl,
backendprotocol}, rootfs/etc/nginx/template/nginx.tmpl): an `auth-tls-verify-client` that isn't one
of four words counts as `on`; without `auth-tls-secret` no certificate is asked for, without
`proxy-ssl-secret` no `proxy-ssl-*` annotation has an effect.
"""

from __future__ import annotations

from mtlslint.model import Origin, Setting, State
from mtlslint.parsers.kubernetes.annotations import Annotations
from mtlslint.parsers.kubernetes.controllers import Edge
from mtlslint.parsers.kubernetes.ingress import Hosts, class_of
from mtlslint.parsers.kubernetes.reader import Object
from mtlslint.source import Span

PREFIX = "nginx.ingress.kubernetes.io/"
_VERIFIES = {"off": "none", "optional": "optional", "optional_no_ca": "optional"}
_TLS_BACKENDS = ("HTTPS", "GRPCS")
_PLAIN_BACKENDS = ("HTTP", "GRPC", "FCGI")


def serves(ingress: Object) -> bool:
    """Whether ingress-nginx serves it: by class, or by the annotations it has."""
    name = class_of(ingress)
    return "nginx" in name or (not name and Annotations(ingress, PREFIX).any())


def edge(ingress: Object, group: Hosts) -> Edge:
    """Return what clients of a group of hosts meet."""
    said = Annotations(ingress, PREFIX)
    secret, verify = said.get("auth-tls-secret"), said.get("auth-tls-verify-client")
    state: dict[str, Setting] = {}
    if secret.there or secret.doubtful:
        state |= _checked(said)
    else:
        asked = verify.there and verify.text != "off"
        note = "without `auth-tls-secret` no certificate is asked for"
        state["client_auth"] = verify.setting("none", note if asked else "")
        state["client_auth_intent"] = verify.setting("asked" if asked else "none")
    redirect, forced = said.get("ssl-redirect"), said.get("force-ssl-redirect")
    bare = redirect.span if redirect.text == "false" and forced.text != "true" else None
    headers = secret.setting("sanitized") if secret.there and not secret.doubtful else None
    return Edge(state, bare, said.get("ssl-passthrough").text == "true", headers)


def _checked(said: Annotations) -> State:
    """Return what client certificates meet where there is a CA for them."""
    secret, verify = said.get("auth-tls-secret"), said.get("auth-tls-verify-client")
    decides = verify if verify.there or verify.doubtful else secret
    state = {
        "client_auth": decides.setting(_VERIFIES.get(verify.text or "", "required")),
        "client_auth_intent": secret.setting("asked"),
        "client_ca": secret.setting("private"),
    }
    if verify.text != "off":
        lax = verify.text == "optional_no_ca"
        state["client_chain"] = decides.setting("unverified" if lax else "verified")
    match = said.get("auth-tls-match-cn")
    if match.there and state["client_auth"].value == "optional":
        # Whoever sends no certificate has no name that could match.
        state["client_auth"] = match.setting("required")
    state["client_identity"] = match.setting("checked" if match.there else "unchecked")
    return state


def upstream(ingress: Object, service: Object | None, span: Span) -> State:
    """Return how a backend is spoken to."""
    said = Annotations(ingress, PREFIX)
    protocol = said.get("backend-protocol")
    word = (protocol.text or "HTTP").upper()
    secure = said.get("secure-backends")  # until 0.21
    tls = word in _TLS_BACKENDS or secure.text == "true"
    known = tls or word in _PLAIN_BACKENDS
    at = protocol.span if protocol.there else span
    note = "" if protocol.there else "`backend-protocol` is HTTP unless it is said otherwise"
    value = None if protocol.doubtful or not known else "tls" if tls else "plaintext"
    origin = Origin.EXPLICIT if protocol.there else Origin.DEFAULT
    state = {"transport": Setting(value, at, origin, note=note)}
    return {**state, **_upstream_tls(said, span)} if value == "tls" else state


def _upstream_tls(said: Annotations, span: Span) -> State:
    secret, verify = said.get("proxy-ssl-secret"), said.get("proxy-ssl-verify")
    if not secret.there and not secret.doubtful:
        note = "without `proxy-ssl-secret` nothing is checked and no certificate presented"
        unverified = Setting("unverified", span, Origin.DEFAULT, note=note)
        absent = Setting("absent", span, Origin.DEFAULT)
        return {"peer_chain": unverified, "peer_name": unverified, "client_certificate": absent}
    at = verify if verify.there or verify.doubtful else secret
    checked = at.setting("verified" if verify.text == "on" else "unverified")
    if not verify.there:
        checked = checked._replace(origin=Origin.DEFAULT)
    presented = secret.setting("presented")
    return {"peer_chain": checked, "peer_name": checked, "client_certificate": presented}
