"""How a cluster finds its hosts."""

from __future__ import annotations

import re

from mtlslint.parsers.envoy.address import hosts_of
from mtlslint.parsers.envoy.discover import Resource
from mtlslint.parsers.envoy.messages import message
from mtlslint.source import Span
from mtlslint.yamltree.node import get, is_open, items, pair, text
from mtlslint.yamltree.spans import head_span, pair_span

_EXTENSION = re.compile(r"clusters?\.(\w+)\.v\d")
KINDS = ("STATIC", "STRICT_DNS", "LOGICAL_DNS", "EDS", "ORIGINAL_DST", "DNS")


def cluster_head(cluster: Resource) -> Span:
    """Return the line that stands for a cluster: its name."""
    name = pair(cluster.node, "name")
    return pair_span(name, cluster.path) if name else head_span(cluster.node, cluster.path)


def cluster_kind(cluster: Resource) -> str:
    """Return how a cluster finds its hosts; newer files name an extension for it, by its type."""
    typed = _EXTENSION.search(message(get(cluster.node, "cluster_type", "typed_config")).type)
    if typed:
        return typed[1].upper()
    custom = text(cluster.node, "cluster_type", "name")
    if custom:
        return custom.rpartition(".")[2].upper()
    kind = (text(cluster.node, "type") or "STATIC").upper()
    return KINDS[int(kind)] if kind in ("0", "1", "2", "3", "4") else kind


def original_destination(cluster: Resource) -> bool:
    """Whether each connection goes on to where it was for."""
    return cluster_kind(cluster) == "ORIGINAL_DST"


def leads_nowhere(cluster: Resource) -> bool:
    """Whether a cluster has no host and gets none: whatever is sent there is refused."""
    node, kind = cluster.node, cluster_kind(cluster)
    assignment = get(node, "load_assignment")
    opened = is_open(node) or is_open(assignment) or is_open(get(assignment, "endpoints"))
    return kind == "STATIC" and not (opened or hosts_of(assignment) or items(node, "hosts"))
