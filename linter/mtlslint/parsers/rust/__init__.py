"""Rust: rustls, native-tls, openssl and the servers and clients that stand on them."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.edit import Fix
from mtlslint.facts import Change, Claim, Facts, Paths, Project
from mtlslint.model import Document, Problem
from mtlslint.source import Source, Sources

if TYPE_CHECKING:
    from mtlslint.code.items import Module
    from mtlslint.code.run import Language
    from mtlslint.parsers.rust.keys import Secrets

NAME = "rust"
TOKENS = (
    b"rustls",
    b"native_tls",
    b"openssl",
    b"boring",
    b"tls",
    b"Tls",
    b"Ssl",
    b"ssl",
    b"HttpServer",
    b"TcpListener::bind",
    b"axum",
    b"hyper",
    b"warp",
    b"reqwest",
    b"ureq",
    b"tonic",
    b"rocket",
    b"[release]",
    b"[global]",
    b"[default]\naddress",
    b"[default]\nport",
    b"poem",
    b"salvo",
    b"ntex::",  # bare, it is in every `context`
    b"quinn",
    b"pingora",
    b"wtransport",
    b"tungstenite",
    b"tiny_http",
    b"PrometheusBuilder",
    b"insecure",
    b"trust_cert",
    b"TrustServerCertificate",
    b"CertificateValidation",
    b"accept_invalid",
    b"allow_invalid",
    b"CertVerifier",
    b"PRIVATE KEY",
    b"48,130,",
    b"48, 130,",
    b"0x30,0x82,",
    b"0x30, 0x82,",
    b"include_bytes",
    b"include_str",
    b'.pem"',
    b'.key"',
    b'.p12"',
    b'.pfx"',
    b"mtlslint:",
)

SIZE_LIMIT = 4_000_000


class Code(NamedTuple):
    """What a file of Rust holds."""

    modules: tuple[Module, ...]
    secrets: Secrets
    guards: bool


def claims(path: str, head: bytes) -> Claim:
    """Claim Rust files, and manifests, which may rename a crate."""
    own = path.endswith(".rs") or _is_manifest(path) or path.rpartition("/")[2] == ROCKET
    return Claim.YES if own else Claim.NO


ROCKET = "Rocket.toml"


def _is_manifest(path: str) -> bool:
    return path.rpartition("/")[2] == "Cargo.toml"


def read(source: Source) -> Facts:
    """Lower a file; a part that isn't Rust is left out."""
    from mtlslint.parsers.rust.certificates import has_guards
    from mtlslint.parsers.rust.comments import comments_of
    from mtlslint.parsers.rust.keys import secrets_in
    from mtlslint.parsers.rust.lower import lower_file, rust_parser
    from mtlslint.parsers.rust.manifest import read_manifest

    if _is_manifest(source.path):
        return Facts(source.path, NAME, tree=read_manifest(source.data[:SIZE_LIMIT]))
    if source.path.rpartition("/")[2] == ROCKET:
        from mtlslint.parsers.rust.rocket import read_rocket

        return read_rocket(source)
    if len(source.data) > SIZE_LIMIT:
        problem = Problem(source.path, "larger than 4 MB, not read", fatal=False)
        return Facts(source.path, NAME, problems=(problem,))
    root = rust_parser().parse(source.data).root_node
    secrets = secrets_in(source, root)
    return Facts(
        source.path,
        NAME,
        tree=Code(lower_file(source.path, source.data, root), secrets, has_guards(source.data)),
        refers=(PARENTS,),
        comments=comments_of(source, root),
    )


PARENTS = "parents"
"""By this a file asks for those that declare it, up to its crate's manifest."""


def locate(reference: str, path: str, paths: Paths) -> tuple[str, ...]:
    """Return the files above one in its crate: they call it, and may say that it is test code.

    Its manifest is among them, which says by which name others know it, and so are its binaries.
    """
    folder, parts = "", path.split("/")[:-1]
    found: list[str] = []
    for count in range(len(parts), -1, -1):
        folder = "".join(f"{part}/" for part in parts[:count])
        if f"{folder}Cargo.toml" in paths.known:
            found += [f"{folder}Cargo.toml", *_binaries(f"{folder}src/bin/", paths)]
            return tuple(one for one in found if one in paths.known and one != path)
        names = ("mod.rs", "lib.rs", "main.rs")
        found += [*(f"{folder}{name}" for name in names), f"{folder[:-1]}.rs"]
    return ()


def _binaries(folder: str, paths: Paths) -> list[str]:
    """Return where the programs of a package begin that lie in a folder; the first of many."""
    names, found = paths.names, list[str]()
    for at in range(bisect_left(names, folder), len(names)):
        if not names[at].startswith(folder) or len(found) == _BINARIES:
            break
        rest = names[at].removeprefix(folder)
        if rest.endswith("/main.rs") or ("/" not in rest and rest.endswith(".rs")):
            found.append(names[at])
    return found


_BINARIES = 40


@cache
def language() -> Language:
    """Return Rust's rows and judgements; they are loaded once."""
    from importlib.resources import files

    import yaml

    from mtlslint.code.run import Language
    from mtlslint.code.table import build_api
    from mtlslint.parsers.rust.attributes import is_test_path
    from mtlslint.parsers.rust.served import serves_nothing
    from mtlslint.parsers.rust.verifiers import judge

    text = files(__name__).joinpath("api.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Language(build_api(yaml.load(text, loader)), judge, serves_nothing, is_test_path)


def resolve(project: Project) -> Document:
    """Run each crate's functions and return the endpoints they open."""
    from mtlslint.parsers.rust.resolving import resolve as run

    return run(project)


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    """Return the edits that make a change, or None where they aren't plain."""
    from mtlslint.parsers.rust.spelling import spell as write

    return write(change, project, sources)
