"""The AWS Load Balancer Controller: Application Load Balancers that Ingresses declare.

Facts from its documentation (docs/guide/ingress/annotations.md at v2.14) and from AWS's "Mutual
authentication with TLS": `verify` refuses clients without a certificate of the trust store, `off`
asks for none, `passthrough` asks and leaves the checking to the target. A load balancer doesn't
check its targets' certificates.
"""

from __future__ import annotations

import json
from typing import Any

from mtlslint.model import Origin, Setting, State
from mtlslint.parsers.kubernetes.annotations import Annotations, Said
from mtlslint.parsers.kubernetes.controllers import Edge, unchecked_targets
from mtlslint.parsers.kubernetes.ingress import Hosts, class_of
from mtlslint.parsers.kubernetes.reader import Object
from mtlslint.source import Span

PREFIX = "alb.ingress.kubernetes.io/"
_PASSED = "the load balancer passes the certificate on; whether it is checked the target decides"


def serves(ingress: Object) -> bool:
    """Whether the controller serves it: by class, or by the annotations it has."""
    name = class_of(ingress)
    return name == "alb" or (not name and Annotations(ingress, PREFIX).any())


def secured(ingress: Object) -> Said | None:
    """Return what makes a load balancer serve TLS: its certificate or an HTTPS port."""
    said = Annotations(ingress, PREFIX)
    for name in ("certificate-arn", "listen-ports"):
        found = said.get(name)
        if found.there and (name != "listen-ports" or "HTTPS" in (found.text or "")):
            return found
    return None


def edge(ingress: Object, group: Hosts) -> Edge:
    """Return what clients of a group of hosts meet."""
    said = Annotations(ingress, PREFIX)
    found = said.get("mutual-authentication")
    modes = _modes(found.text) if found.there else {"off"}
    state: dict[str, Setting] = {"client_auth": found.setting("none")}
    if found.there and modes == {"verify"}:
        state["client_auth"] = found.setting("required")
        state["client_chain"] = found.setting("verified")
        state["client_ca"] = found.setting("private")
    elif modes != {"off"}:
        note = _PASSED if modes == {"passthrough"} else "it depends on the port"
        state["client_auth"] = Setting(None, found.span, note=note)
    ports, redirect = said.get("listen-ports"), said.get("ssl-redirect")
    bare = '"HTTP"' in (ports.text or "") and not redirect.there
    return Edge(state, ports.span if bare else None, False)


def _modes(text: str | None) -> set[str]:
    """Return the modes that the annotation gives ports; empty if it isn't plain JSON."""
    try:
        listed: Any = json.loads(text or "")
    except ValueError:
        return set()
    found = listed if isinstance(listed, list) else [listed]
    return {str(each.get("mode", "off")) for each in found if isinstance(each, dict)}


def upstream(ingress: Object, service: Object | None, span: Span) -> State:
    """Return how a backend is spoken to; the Service's own annotation counts before."""
    said = Annotations(ingress, PREFIX).get("backend-protocol")
    if service is not None:
        own = Annotations(service, PREFIX).get("backend-protocol")
        said = own if own.there or own.doubtful else said
    at = said.span if said.there else span
    origin = Origin.EXPLICIT if said.there else Origin.DEFAULT
    word = (said.text or "HTTP").upper()
    if said.doubtful or word not in ("HTTP", "HTTPS"):
        return {"transport": Setting(None, at, origin, note="set by a template")}
    if word == "HTTP":
        note = "" if said.there else "`backend-protocol` is HTTP unless it is said otherwise"
        return {"transport": Setting("plaintext", at, origin, note=note)}
    return unchecked_targets(at, origin)
