"""What an Ingress serves: hosts with and without TLS, and the backends behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.parsers.kubernetes.reader import Object
from mtlslint.source import Span
from mtlslint.yamltree.node import Node, get, is_open, items, literal, pair, spoken, text
from mtlslint.yamltree.spans import head_span, pair_span

CLASS = "kubernetes.io/ingress.class"


class Hosts(NamedTuple):
    """Names that an Ingress serves by TLS, or (None) without, and the line that says so."""

    names: tuple[str, ...]
    tls: bool
    span: Span

    @property
    def label(self) -> str:
        """The names for people."""
        return ", ".join(map(spoken, self.names)) or "all hosts"


class Backend(NamedTuple):
    """A Service that requests are passed to; `port` is a number or a port's name."""

    service: str
    port: str
    host: str
    span: Span


def class_of(ingress: Object) -> str:
    """Return the class of an Ingress, "" if it names none."""
    found = text(ingress.node, "spec", "ingress_class_name")
    if found is None:
        annotations = get(ingress.node, "metadata", "annotations")
        entry = pair(annotations, CLASS)
        found = text(entry.value) if entry else None
    return found or ""


def hosts(ingress: Object) -> Iterator[Hosts]:
    """Yield the groups of hosts: one for each entry of `tls`, and those that are in none."""
    rules = items(ingress.node, "spec", "rules")
    named = [text(each, "host") or "" for each in rules] or [""]
    secured: set[str] = set()
    entry = pair(get(ingress.node, "spec"), "tls")
    for each in items(ingress.node, "spec", "tls"):
        own = tuple(name for one in items(each, "hosts") if (name := text(one)))
        secured.update(own or named)
        yield Hosts(own, True, head_span(each, ingress.path))
    open_ = entry is not None and is_open(entry.value)
    plain = tuple(dict.fromkeys(name for name in named if not _covered(name, secured)))
    if plain and not open_ and not is_open(get(ingress.node, "spec")):
        yield Hosts(tuple(filter(None, plain)), False, _head(ingress))


def _covered(name: str, secured: set[str]) -> bool:
    wild = f"*.{name.partition('.')[2]}"
    return (
        name in secured
        or wild in secured
        or not literal(name)
        or any(not literal(each) for each in secured)
    )


def backends(ingress: Object) -> Iterator[Backend]:
    """Yield the backends of all paths, and the default one."""
    for rule in items(ingress.node, "spec", "rules"):
        host = text(rule, "host") or ""
        for path in items(rule, "http", "paths"):
            yield from _backend(get(path, "backend"), host, ingress.path)
    for name in ("default_backend", "backend"):
        yield from _backend(get(ingress.node, "spec", name), "", ingress.path)


def _backend(node: Node | None, host: str, path: str) -> Iterator[Backend]:
    """Yield a backend, as networking.k8s.io/v1 writes it or as v1beta1 did."""
    name = text(node, "service", "name") or text(node, "service_name")
    port = text(node, "service", "port", "number") or text(node, "service", "port", "name")
    port = port or text(node, "service_port")
    if name and port and port != "use-annotation":
        entry = pair(get(node, "service") or node, "name") or pair(node, "service_name")
        span = pair_span(entry, path) if entry else head_span(node, path)
        yield Backend(name, port, host, span)


def _head(ingress: Object) -> Span:
    return head_span(get(ingress.node, "metadata", "name"), ingress.path)
