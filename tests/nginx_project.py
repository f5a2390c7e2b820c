"""Small nginx projects, resolved without the engine."""

from __future__ import annotations

from collections.abc import Mapping

from mtlslint.facts import Paths, Project
from mtlslint.model import Document, Endpoint, Setting
from mtlslint.parsers import nginx
from mtlslint.source import Source
from mtlslint.targets import Range, Targets

TLS = "ssl_certificate c.pem; ssl_certificate_key k.pem; ssl_protocols TLSv1.2;"
MUTUAL = f"{TLS} ssl_client_certificate ca.pem;"


def resolve(files: str | Mapping[str, str], version: tuple[int, ...] | None = None) -> Document:
    """Return what is made of one file (as text) or of several (by path)."""
    texts = {"site.conf": files} if isinstance(files, str) else files
    facts = {path: nginx.read(Source(path, text.encode())) for path, text in texts.items()}
    ranges = {"nginx": Range(version, version, "configured")} if version else {}
    targets = Targets(configured=ranges)
    return nginx.resolve(Project(facts, Paths(tuple(sorted(texts))), targets))


def servers(document: Document) -> list[Endpoint]:
    """Return the server endpoints."""
    return [each for each in document.endpoints if each.side == "server"]


def clients(document: Document) -> list[Endpoint]:
    """Return the client endpoints."""
    return [each for each in document.endpoints if each.side == "client"]


def setting(endpoint: Endpoint, name: str) -> Setting:
    """Return a setting of an endpoint that has one state."""
    assert len(endpoint.states) == 1, endpoint.states
    return endpoint.states[0][name]


def values(endpoint: Endpoint, name: str) -> set[object]:
    """Return a setting's values over all states."""
    return {state[name].value for state in endpoint.states}


def auth(block: str) -> object:
    """Return client_auth of `server { listen 443 ssl; <MUTUAL> <block> }`."""
    document = resolve(f"server {{ listen 443 ssl; server_name a; {MUTUAL} {block} }}")
    (state,) = servers(document)[0].states
    return state["client_auth"].value if "client_auth" in state else None


def text_at(files: str | Mapping[str, str], made: Setting) -> str:
    """Return the text that a setting points to."""
    texts = {"site.conf": files} if isinstance(files, str) else files
    data = texts[made.span.path].encode()
    return data[made.span.start : made.span.end].decode()
