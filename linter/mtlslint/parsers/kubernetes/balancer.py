"""Services of type LoadBalancer at which an AWS load balancer ends TLS.

Facts from docs/guide/service/annotations.md of the AWS Load Balancer Controller at v2.14, and of
the cloud provider before it: with `ssl-cert`, all ports speak TLS unless `ssl-ports` names some,
and targets are spoken to in plaintext unless `backend-protocol` says `ssl` or `https`. Neither
asks for client certificates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.model import Origin, Setting, State
from mtlslint.parsers.kubernetes.annotations import Annotations, Said
from mtlslint.parsers.kubernetes.controllers import unchecked_targets
from mtlslint.parsers.kubernetes.reader import Object
from mtlslint.source import Span
from mtlslint.yamltree.node import items, literal, text
from mtlslint.yamltree.spans import head_span

PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"


class Port(NamedTuple):
    """A port at which TLS ends, and how the targets behind it are spoken to."""

    number: int
    span: Span
    server: State
    client: State


def ports(service: Object) -> Iterator[Port]:
    """Yield the TLS ports of a Service."""
    said = Annotations(service, PREFIX)
    certificate, chosen = said.get("ssl-cert"), said.get("ssl-ports")
    if text(service.node, "spec", "type") != "LoadBalancer" or not certificate.there:
        return
    for each in items(service.node, "spec", "ports"):
        number, name = text(each, "port") or "", text(each, "name") or ""
        if not number.isdecimal() or not _chosen(chosen, number, name):
            continue
        span = head_span(each, service.path)
        server = {
            "transport": Setting("tls", certificate.span),
            "client_auth": Setting("none", certificate.span, Origin.DEFAULT),
        }
        yield Port(int(number), span, server, _client(said.get("backend-protocol"), span))


def _chosen(said: Said, number: str, name: str) -> bool:
    if not said.there:
        return True
    words = {word.strip() for word in (said.text or "").split(",")}
    return number in words or (name in words and literal(name)) or "*" in words


def _client(said: Said, span: Span) -> State:
    at = said.span if said.there else span
    origin = Origin.EXPLICIT if said.there else Origin.DEFAULT
    if said.doubtful:
        return {"transport": Setting(None, at, origin, note="set by a template")}
    if (said.text or "").lower() not in ("ssl", "https"):
        return {"transport": Setting("plaintext", at, origin)}
    return unchecked_targets(at, origin)
