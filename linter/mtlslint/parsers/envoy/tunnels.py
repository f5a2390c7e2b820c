"""Hops inside of Envoy: a cluster that leads to a listener of the same process, and on from there.

They cross no network, so what counts is where the last of them leads.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtlslint.parsers.envoy.address import hosts_of, located
from mtlslint.parsers.envoy.chains import chains_of
from mtlslint.parsers.envoy.discover import CLUSTER, LISTENER, Resource
from mtlslint.parsers.envoy.index import Index
from mtlslint.parsers.envoy.routing import Lead, leads_of
from mtlslint.yamltree.node import get, text


def with_inner(leads: list[Lead], listener: Resource, index: Index) -> list[Lead]:
    """Return the leads of a chain and of the internal listeners that they lead to."""
    found = list(leads)
    seen = {listener.name}
    for lead in found:
        for name in _internal(lead, listener, index):
            inner = index.find(LISTENER, name, listener).resource
            if inner is None or name in seen:
                continue
            seen.add(name)
            for chain in chains_of(inner):
                found += leads_of(chain.node, inner, index, plaintext=False)
    return found


def _internal(lead: Lead, listener: Resource, index: Index) -> Iterator[str]:
    """Yield the names of the internal listeners that a lead's cluster has as hosts."""
    cluster = index.find(CLUSTER, lead.cluster, listener).resource
    assignment = get(cluster.node, "load_assignment") if cluster else None
    for host in hosts_of(assignment):
        address = located(assignment, host)
        name = text(address, "envoy_internal_address", "server_listener_name")
        if name:
            yield name
