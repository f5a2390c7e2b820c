"""Small Envoy projects, resolved without the engine."""

from __future__ import annotations

from collections.abc import Mapping

from mtlslint.facts import Paths, Project
from mtlslint.model import Document, Endpoint, Setting
from mtlslint.parsers import envoy
from mtlslint.source import Source, Span
from mtlslint.targets import Range, Targets

TYPES = "type.googleapis.com/envoy.extensions"
DOWNSTREAM = f"{TYPES}.transport_sockets.tls.v3.DownstreamTlsContext"
UPSTREAM = f"{TYPES}.transport_sockets.tls.v3.UpstreamTlsContext"
CERTIFICATES = "tls_certificates: [{certificate_chain: {filename: s.crt}}]"

Files = str | bytes | Mapping[str, str]


def resolve(files: Files, version: tuple[int, ...] | None = None) -> Document:
    """Return what is made of one file (as text) or of several (by path)."""
    sources = {
        path: Source(path, text if isinstance(text, bytes) else text.encode())
        for path, text in _texts(files).items()
    }
    facts = {path: envoy.read(source) for path, source in sources.items()}
    ranges = {"envoy": Range(version, version, "configured")} if version else {}
    return envoy.resolve(Project(facts, Paths(tuple(sorted(sources))), Targets(ranges)))


def _texts(files: Files) -> Mapping[str, str | bytes]:
    return {"envoy.yaml": files} if isinstance(files, str | bytes) else files


def listener(context: str, route: str = "cluster: app", *, name: str = "in", more: str = "") -> str:
    """Return a listener in one line, `context` being the fields of its TLS context."""
    socket = (
        ""
        if context == "plaintext"
        else f'transport_socket: {{name: tls, typed_config: {{"@type": {DOWNSTREAM}, {context}}}}},'
    )
    manager = (
        f'"@type": {TYPES}.filters.network.http_connection_manager.v3.HttpConnectionManager,'
        f"{more} route_config: {{virtual_hosts: [{{name: all, domains: ['*'],"
        f" routes: [{{match: {{prefix: /}}, route: {{{route}}}}}]}}]}}"
    )
    return (
        f"{{name: {name}, address: {{socket_address: {{address: 0.0.0.0, port_value: 443}}}},"
        f" filter_chains: [{{{socket} filters: [{{name: hcm, typed_config: {{{manager}}}}}]}}]}}"
    )


def cluster(context: str, name: str = "app", host: str = "app", more: str = "") -> str:
    """Return a cluster in one line, `context` being the fields of its TLS context."""
    socket = (
        ""
        if context == "plaintext"
        else f'transport_socket: {{name: tls, typed_config: {{"@type": {UPSTREAM}, {context}}}}},'
    )
    return (
        f"{{name: {name}, type: STRICT_DNS, {socket} {more} load_assignment: {{endpoints: ["
        f"{{lb_endpoints: [{{endpoint: {{address: {{socket_address: {{address: {host},"
        f" port_value: 80}}}}}}}}]}}]}}}}"
    )


def bootstrap(listeners: list[str], clusters: list[str], secrets: str = "[]") -> str:
    """Return a bootstrap of listeners and clusters."""
    head = f"static_resources:\n  secrets: {secrets}\n"
    return head + "".join(
        f"  {kind}:\n" + "".join(f"  - {each}\n" for each in made)
        for kind, made in (("listeners", listeners), ("clusters", clusters))
        if made
    )


def server(context: str, version: tuple[int, ...] | None = None, secrets: str = "[]") -> Endpoint:
    """Return the server endpoint of a listener with such a TLS context."""
    document = resolve(bootstrap([listener(context)], [], secrets), version)
    return servers(document)[0]


def client(context: str, more: str = "", secrets: str = "[]") -> Endpoint:
    """Return the client endpoint of a cluster with such a TLS context."""
    document = resolve(bootstrap([], [cluster(context, more=more)], secrets))
    return clients(document)[0]


def validated(fields: str) -> str:
    """Return a common TLS context with such a validation context."""
    return f"common_tls_context: {{{CERTIFICATES}, validation_context: {{{fields}}}}}"


def servers(document: Document) -> list[Endpoint]:
    """Return the server endpoints."""
    return [each for each in document.endpoints if each.side == "server"]


def clients(document: Document) -> list[Endpoint]:
    """Return the client endpoints."""
    return [each for each in document.endpoints if each.side == "client"]


def setting(endpoint: Endpoint, name: str) -> Setting:
    """Return a setting of an endpoint, all of which have one state here."""
    assert len(endpoint.states) == 1
    return endpoint.states[0][name]


def value(endpoint: Endpoint, name: str) -> object:
    """Return a setting's value, `absent` if the endpoint has no such setting."""
    found = endpoint.states[0].get(name)
    return found.value if found else "absent"


def text_at(files: Files, span: Span) -> str:
    """Return the text that a span covers."""
    text = _texts(files)[span.path]
    data = text if isinstance(text, bytes) else text.encode()
    return data[span.start : span.end].decode()
