"""How a controller serves an Ingress: what its annotations make of clients and of backends."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from mtlslint.model import Origin, Setting, State
from mtlslint.parsers.kubernetes.ingress import Hosts
from mtlslint.parsers.kubernetes.reader import Object
from mtlslint.source import Span


class Edge(NamedTuple):
    """What clients meet: `bare` says whether plaintext is served beside TLS, and where it is said.

    `passed`: TLS isn't ended here at all.
    """

    tls: State
    bare: Span | None
    passed: bool
    headers: Setting | None = None


class Controller(Protocol):
    """A controller's way to read its annotations."""

    def serves(self, ingress: Object) -> bool:
        """Whether it is this controller that serves an Ingress."""
        ...

    def edge(self, ingress: Object, group: Hosts) -> Edge:
        """Return what clients of a group of hosts meet."""
        ...

    def upstream(self, ingress: Object, service: Object | None, span: Span) -> State:
        """Return how a backend, named at `span`, is spoken to."""
        ...


def unchecked_targets(at: Span, origin: Origin) -> State:
    """Return how an AWS load balancer speaks TLS to targets: it never checks their certificates.

    True, and nothing that anyone could switch on: said where settings are shown, not reported.
    """
    unchecked = Setting(None, at, Origin.DEFAULT, note="a load balancer never checks its targets")
    return {
        "transport": Setting("tls", at, origin),
        "peer_chain": unchecked,
        "peer_name": unchecked,
        "client_certificate": unchecked,
    }
