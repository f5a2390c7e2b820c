"""What a check has seen, in numbers: never a silent green."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from mtlslint.finding import Finding
from mtlslint.model import SERVER, Document, Endpoint
from mtlslint.source import Span

CLIENT_AUTH_WORDS: Mapping[str, str] = {
    "required": "mutual",
    "optional": "optional",
    "none": "without client certificates",
    "unknown": "unknown",
    "no-content": "without content",
}


class Summary(NamedTuple):
    """Counts of what was read and what it is.

    `servers` are TLS servers by client authentication, `hops` routes by the transport they end in.
    """

    files: int = 0
    templates: int = 0
    servers: Mapping[str, int] = MappingProxyType({})
    plaintext_servers: int = 0
    clients: int = 0
    hops: Mapping[str, int] = MappingProxyType({})
    ignored: int = 0
    levels: Mapping[str, int] = MappingProxyType({})

    def sentence(self) -> str:
        """Return the closing line of a check."""
        if not self.files and not self.templates:
            return "nothing found to read: no file that speaks of TLS in a known technology"
        parts = [
            _plural(self.files, "file") + " read" + self._unread(),
            self._servers(),
        ]
        if self.hops:
            kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(self.hops.items()))
            parts.append(f"{_plural(sum(self.hops.values()), 'hop')}: {kinds}")
        if self.ignored:
            parts.append(f"{_plural(self.ignored, 'finding')} ignored inline")
        return "; ".join(parts)

    def _unread(self) -> str:
        return f", {_plural(self.templates, 'template')} not read" if self.templates else ""

    def _servers(self) -> str:
        total = sum(self.servers.values())
        text = _plural(total, "TLS server")
        if total:
            kinds = (
                f"{self.servers[kind]} {word}"
                for kind, word in CLIENT_AUTH_WORDS.items()
                if self.servers.get(kind)
            )
            text += ": " + ", ".join(kinds)
        if self.plaintext_servers:
            text += f"; {self.plaintext_servers} plaintext"
        return text


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def speaks_mutual_tls(document: Document) -> bool:
    """Say whether anything outside tests asks for, checks or presents client certificates."""
    telling = {
        "client_auth": ("optional", "required"),
        "client_auth_intent": ("asked",),
        "client_ca": ("private", "foreign"),
        "client_certificate": ("presented",),
    }
    intent = any(m.kind == "phantom" and not m.test_code for m in document.misuses)
    return intent or any(
        setting.value in telling.get(name, ())
        for endpoint in document.endpoints
        if not endpoint.test_code
        for state in endpoint.states
        for name, setting in state.items()
    )


def summarize(
    document: Document,
    findings: Iterable[Finding],
    *,
    files: int,
    templates: int,
    ignored: int,
    reported: Callable[[Span], bool],
) -> Summary:
    """Count what of the document lies in the reported paths."""
    here = [e for e in document.endpoints if reported(e.head) and not e.test_code]
    by_id = {endpoint.id: endpoint for endpoint in document.endpoints}
    servers = [endpoint for endpoint in here if endpoint.side == SERVER]
    plain = [endpoint for endpoint in servers if "plaintext" in _values(endpoint, "transport")]
    # A side door of a listener (an error page, a connection without SNI) has no transport itself.
    tls = [e for e in servers if e not in plain and _values(e, "transport")]
    hops = (route for route in document.routes if reported(route.span))
    return Summary(
        files=files,
        templates=templates,
        servers=dict(Counter(map(client_auth, tls))),
        plaintext_servers=len(plain),
        clients=len(here) - len(servers),
        hops=dict(Counter(_transport(by_id[route.client]) for route in hops)),
        ignored=ignored,
        levels=dict(Counter(finding.level.word for finding in findings)),
    )


def client_auth(endpoint: Endpoint) -> str:
    """Return the weakest client authentication of an endpoint's states, or `unknown`."""
    values = _values(endpoint, "client_auth")
    return next(
        (v for v in ("none", "optional", "unknown", "required") if v in values),
        "unknown",
    )


def _transport(endpoint: Endpoint) -> str:
    values = _values(endpoint, "transport")
    return next((v for v in ("plaintext", "either", "unknown", "tls") if v in values), "unknown")


def _values(endpoint: Endpoint, name: str) -> set[str]:
    found = set()
    for state in endpoint.states:
        setting = state.get(name)
        if setting:
            found.add("unknown" if setting.value is None else str(setting.value))
    return found
