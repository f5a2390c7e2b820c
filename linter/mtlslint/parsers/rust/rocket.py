"""Rocket.toml: what a Rocket server of this crate listens on and asks of clients (Rocket 0.5).

Rocket reads it at start: the profile's table over `default`, and `global` over both. `mutual`
without `mandatory` lets clients in without a certificate. Without the table it asks for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mtlslint.code.interpret import reach
from mtlslint.facts import Comment, Facts
from mtlslint.model import SERVER, Address, Endpoint, Named, Origin, Role, Setting, State
from mtlslint.parsers.rust.attributes import is_test_path
from mtlslint.source import Source, Span

_TABLE = re.compile(rb"^[ \t]*\[([A-Za-z0-9_.\- \t]+)\]", re.MULTILINE)
_ENTRY = re.compile(
    rb"^[ \t]*([A-Za-z0-9_.\-]+)[ \t]*=[ \t]*"
    rb"(\"[^\"\r\n]*\"|'[^'\r\n]*'|\{[^}\r\n]*\}|[^#\r\n]*?)[ \t]*(?:#[^\r\n]*)?\r?$",
    re.MULTILINE,
)
_INLINE = re.compile(rb"([A-Za-z0-9_\-]+)[ \t]*=[ \t]*(\"[^\"]*\"|'[^']*'|[^,}]+)")
_PROFILES = ("default", "release", "global")
_MUTUAL = ("tls", "mutual")


class Entry(NamedTuple):
    """A key's text and where it is written."""

    value: str
    span: Span


Settings = Mapping[tuple[str, ...], Entry]
"""Entries by their path below the profile, as a release sees them; tables have entries too."""


def read_settings(path: str, data: bytes) -> Settings:
    """Return what a release of the program is told; what isn't TOML is skipped."""
    layers: dict[str, dict[tuple[str, ...], Entry]] = {name: {} for name in _PROFILES}
    for table, entry in _entries(path, data):
        profile, *rest = table
        if profile in layers:
            layers[profile][tuple(rest)] = entry
    return {key: one for name in _PROFILES for key, one in layers[name].items()}


def _entries(path: str, data: bytes) -> Iterator[tuple[tuple[str, ...], Entry]]:
    tables = list(_TABLE.finditer(data))
    ends = [one.start() for one in tables[1:]] + [len(data)]
    for table, end in zip(tables, ends, strict=True):
        name = tuple(part.strip() for part in table[1].decode().split("."))
        yield name, Entry("", Span(path, table.start(1) - 1, table.end()))
        for match in _ENTRY.finditer(data, table.end(), end):
            key = (*name, *match[1].decode().split("."))
            span = Span(path, match.start(1), match.end(2))
            yield key, Entry(_text(match[2]), span)
            if match[2].startswith(b"{"):
                for inner in _INLINE.finditer(match[2]):
                    yield (*key, inner[1].decode()), Entry(_text(inner[2]), span)


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace").strip().strip("\"'")


def server(path: str, settings: Settings, ignored: bool = False) -> Endpoint | None:
    """Return the server that the file configures; None if it says neither where nor with TLS.

    `ignored`: Rocket is built without its feature `mtls` and skips the table `mutual`.
    """
    tls = settings.get(("tls",)) or settings.get(("tls", "key")) or settings.get(("tls", "certs"))
    address = settings.get(("address",))
    head = tls or address
    if head is None:
        return None
    name = f"{path}: Rocket"
    port = settings.get(("port",))
    host = address.value if address is not None else "127.0.0.1"
    number = int(port.value) if port is not None and port.value.isdigit() else 8000
    origin = Origin.EXPLICIT if address is not None else Origin.DEFAULT
    state: dict[str, Setting] = {
        "transport": Setting("tls" if tls else "plaintext", head.span),
        "reach": Setting(reach(host), (address or head).span, origin),
        "tier": Setting("app", head.span),
        **(_encrypted(settings, tls, ignored) if tls else {}),
    }
    return Endpoint(
        id=f"rust:{name}:server:1",
        name=name,
        technology="rust",
        side=SERVER,
        head=head.span,
        states=(state,),
        address=Address(host, number),
        test_code=is_test_path(path),
    )


def _encrypted(settings: Settings, tls: Entry, ignored: bool) -> State:
    note = "rustls speaks TLS 1.2 and 1.3 only"
    floor = Setting("TLSv1.2", tls.span, Origin.DEFAULT, note=note)
    return {"min_version": floor, **_client_auth(settings, tls, ignored)}


def _client_auth(settings: Settings, tls: Entry, ignored: bool) -> State:
    mutual = settings.get(_MUTUAL) or settings.get((*_MUTUAL, "ca_certs"))
    if mutual is None:
        none = Setting("none", tls.span, Origin.DEFAULT)
        return {"client_auth": none, "client_auth_intent": none}
    if ignored:
        note = "Rocket is built without its feature `mtls`, so the table is skipped"
        none = Setting("none", mutual.span, Origin.DEFAULT, note=note)
        return {"client_auth": none, "client_auth_intent": Setting("asked", mutual.span)}
    said = settings.get((*_MUTUAL, "mandatory"))
    if said is None:
        note = "`mandatory` is false unless it is set"
        auth = Setting("optional", mutual.span, Origin.DEFAULT, note=note)
    else:
        auth = Setting({"true": "required", "false": "optional"}.get(said.value), said.span)
    return {
        "client_auth": auth,
        "client_auth_intent": Setting("asked", mutual.span),
        "client_chain": Setting("verified", mutual.span, Origin.DEFAULT),
        "client_ca": Setting("private", mutual.span),
        "revocation": Setting("none", mutual.span, Origin.DEFAULT),
    }


_NAMES = {
    ("tls", "certs"): Role.CHAIN,
    ("tls", "key"): Role.KEY,
    (*_MUTUAL, "ca_certs"): Role.ANCHOR,
}


class Rocket(NamedTuple):
    """What a Rocket.toml says to a release, and what files it names, `debug` left out."""

    settings: Settings
    named: tuple[Named, ...]


def _named(path: str, data: bytes) -> Iterator[Named]:
    """Yield the files that are named; they are relative to the folder of the Rocket.toml."""
    for (profile, *key), entry in _entries(path, data):
        role = _NAMES.get(tuple(key))
        if role is not None and entry.value and profile != "debug":
            yield Named(entry.value, role, entry.span, test_code=is_test_path(path))


_COMMENT = re.compile(rb"#[ \t]*mtlslint:[ \t]*([^\r\n]*)")


def read_rocket(source: Source) -> Facts:
    """Read a Rocket.toml and what its comments tell this program."""
    found: list[Comment] = []
    for match in _COMMENT.finditer(source.data):
        line = source.data.rfind(b"\n", 0, match.start()) + 1
        alone = not source.data[line : match.start()].strip()
        text = match[1].decode("utf-8", "replace").strip()
        found.append(Comment(Span(source.path, *match.span()), text, alone))
    settings = read_settings(source.path, source.data)
    tree = Rocket(settings, tuple(_named(source.path, source.data)))
    return Facts(source.path, "rust", tree=tree, comments=tuple(found))
