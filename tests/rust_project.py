"""Small crates, resolved without the engine."""

from __future__ import annotations

from collections.abc import Mapping

from mtlslint.facts import Paths, Project
from mtlslint.model import Document, Endpoint, Setting
from mtlslint.parsers import rust
from mtlslint.source import Source
from mtlslint.targets import Range, Targets

MAIN = "src/main.rs"

Files = str | Mapping[str, str]


def texts_of(files: Files) -> dict[str, str]:
    """Return the files of a crate by path; a text alone is its main file."""
    return {MAIN: files} if isinstance(files, str) else dict(files)


def resolve(files: Files, **versions: tuple[int, ...]) -> Document:
    """Return what is made of a crate; `versions` pin libraries (`native_tls=(0, 2, 11)`)."""
    texts = texts_of(files)
    facts = {path: rust.read(Source(path, text.encode())) for path, text in texts.items()}
    ranges = {
        name.replace("_", "-"): Range(version, version, "configured")
        for name, version in versions.items()
    }
    paths = Paths(tuple(sorted(texts)))
    return rust.resolve(Project(facts, paths, Targets(configured=ranges)))


def one(files: Files, side: str = "server", **versions: tuple[int, ...]) -> Endpoint:
    """Return the only endpoint of a side."""
    found = [each for each in resolve(files, **versions).endpoints if each.side == side]
    assert len(found) == 1, [each.name for each in found]
    return found[0]


def values(endpoint: Endpoint, name: str) -> set[object]:
    """Return a setting's values over all states; `missing` where a state has none."""
    return {state[name].value if name in state else "missing" for state in endpoint.states}


def value(endpoint: Endpoint, name: str) -> object:
    """Return a setting's value that is the same in all states."""
    found = values(endpoint, name)
    assert len(found) == 1, found
    return found.pop()


def text_at(files: Files, setting: Setting) -> str:
    """Return the text that a setting points to."""
    data = texts_of(files)[setting.span.path].encode()
    return data[setting.span.start : setting.span.end].decode()


def where(files: Files, endpoint: Endpoint, name: str, wanted: object) -> str:
    """Return the text that a setting points to where it has this value."""
    found = {
        text_at(files, state[name])
        for state in endpoint.states
        if name in state and state[name].value == wanted
    }
    assert len(found) == 1, found
    return found.pop()


VERIFIER = """
fn roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    for cert in certs("ca.pem") { roots.add(cert).unwrap(); }
    roots
}
"""

USES = """
use std::sync::Arc;
use rustls::{RootCertStore, ServerConfig, ClientConfig};
use rustls::server::WebPkiClientVerifier;
"""


def server(body: str, params: str = "") -> str:
    """Return a file whose function ends in a ServerConfig made from `builder`."""
    return f"{USES}{VERIFIER}pub fn config({params}) -> ServerConfig {{\n{body}\n}}\n"


MADE = "WebPkiClientVerifier::builder(Arc::new(roots()))"
VERIFIERS = f"""
fn strict() -> Arc<dyn ClientCertVerifier> {{ {MADE}.build().unwrap() }}
fn lax() -> Arc<dyn ClientCertVerifier> {{ {MADE}.allow_unauthenticated().build().unwrap() }}
"""
