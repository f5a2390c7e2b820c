"""Who is meant by a name in Rust, where several modules have one that is called so."""

from __future__ import annotations

import pytest
from mtlslint.model import Endpoint
from rust_project import MAIN, resolve, text_at, values

USES = "use rustls::{ServerConfig, server::WebPkiClientVerifier as Web};\n"
BUILD = "ServerConfig::builder().with_client_cert_verifier(V).with_single_cert(c, k).unwrap()"
STRICT = "Web::builder(r).build().unwrap()"
LAX = "Web::builder(r).allow_unauthenticated().build().unwrap()"
A, B, INNER, C = "src/a.rs", "src/b/mod.rs", "src/b/inner.rs", "src/c.rs"


def config(verifier: str) -> str:
    """Return a function that makes a configuration."""
    return f"pub fn config() -> ServerConfig {{ {BUILD.replace('V', verifier)} }}\n"


CRATE = {
    "Cargo.toml": "[package]\nname = 'app'\n",
    MAIN: "mod a; mod b; mod c;\n",
    A: USES + config(STRICT),
    B: "pub mod inner;\n" + USES + config(LAX),
    INNER: "",
    C: "",
}
SERVE = (
    'async fn serve() {{ axum_server::bind_rustls("0.0.0.0:443".parse().unwrap(), '
    "axum_server::tls_rustls::RustlsConfig::from_config(Arc::new({}))).serve(app()).await; }}\n"
)


def served(files: dict[str, str]) -> Endpoint:
    """Return the server that is bound."""
    (found,) = (one for one in resolve(files).endpoints if "bind_rustls" in one.name)
    return found


@pytest.mark.parametrize(
    ("path", "uses", "call", "auth"),
    [
        (MAIN, "", "a::config()", "required"),
        (MAIN, "", "b::config()", "optional"),
        (MAIN, "", "crate::b::config()", "optional"),
        (MAIN, "", "self::b::config()", "optional"),
        (MAIN, "use a::config;", "config()", "required"),
        (MAIN, "use b::config;", "config()", "optional"),
        (MAIN, "use crate::b as tls;", "tls::config()", "optional"),
        (MAIN, "use self::b::config as made;", "made()", "optional"),
        (MAIN, "use b::{self, inner};", "b::config()", "optional"),
        (MAIN, "pub use crate::b as tls;", "tls::config()", "optional"),
        (A, "", "config()", "required"),
        (B, "", "config()", "optional"),
        (B, "", "self::config()", "optional"),
        (A, "", "super::b::config()", "optional"),
        (A, "use super::b;", "b::config()", "optional"),
        (INNER, "", "super::config()", "optional"),
        (INNER, "", "super::super::a::config()", "required"),
        (INNER, "", "crate::a::config()", "required"),
        (C, "use crate::b::config;", "config()", "optional"),
        (C, "", "config()", None),
        (C, "", "unknown::config()", None),
        (C, "use elsewhere::config;", "config()", None),
    ],
)
def test_functions(path: str, uses: str, call: str, auth: str | None) -> None:
    files = {**CRATE, path: f"{CRATE[path]}{uses}\n{SERVE.format(call)}"}
    assert values(served(files), "client_auth") == {auth}


@pytest.mark.parametrize(
    ("uses", "constant", "auth"),
    [
        ("use a::Conf;", "Conf::OPEN", {"optional"}),
        ("use b::Conf;", "Conf::OPEN", {"required"}),
        ("use a::*;", "Conf::OPEN", {"optional"}),
        ("", "a::Conf::OPEN", {"optional"}),
        ("", "b::Conf::OPEN", {"required"}),
        ("", "a::WIDE", {"optional"}),
        ("", "b::WIDE", {"required"}),
        ("use b::WIDE;", "WIDE", {"required"}),
        ("use a::WIDE as W;", "W", {"optional"}),
        ("", "WIDE", {"optional", "required"}),
        ("", "Conf::OPEN", {"optional", "required"}),
    ],
)
def test_constants(uses: str, constant: str, auth: set[str]) -> None:
    held = (
        "pub struct Conf; impl Conf {{ pub const OPEN: bool = {0}; }}\npub const WIDE: bool = {0};"
    )
    choice = f"if {constant} {{ {LAX} }} else {{ {STRICT} }}"
    files = {
        "Cargo.toml": "",
        MAIN: f"mod a; mod b;\n{uses}\n{USES}{config(choice)}{SERVE.format('config()')}",
        A: held.format("true"),
        "src/b.rs": held.format("false"),
    }
    assert values(served(files), "client_auth") == auth


@pytest.mark.parametrize(
    ("uses", "call", "auth"),
    [
        ("use crate::a::Maker;", "Maker::config()", "required"),
        ("use crate::b::Maker;", "Maker::config()", "optional"),
        ("use crate::b::Maker as Made;", "Made::config()", "optional"),
        ("", "crate::a::Maker::config()", "required"),
        ("use crate::b::Maker;", "Maker { n: 1 }.made()", "optional"),
        ("use crate::a::Maker;", "Maker { n: 1 }.made()", "required"),
        ("use crate::a;", "a::Maker::new().made()", "required"),
        ("use crate::b;", "b::Maker::new().made()", "optional"),
        ("use crate::b;", "held(b::Maker::new()).made()", None),
        ("", "Maker::config()", None),
    ],
)
def test_types(uses: str, call: str, auth: str | None) -> None:
    maker = (
        "pub struct Maker {{ n: u8 }}\nimpl Maker {{\n{0}"
        "pub fn new() -> Self {{ Self {{ n: 1 }} }}\n"
        "pub fn made(&self) -> ServerConfig {{ Self::config() }}\n}}\n"
    )
    files = {
        "Cargo.toml": "",
        MAIN: "mod a; mod b; mod c;\n",
        A: USES + maker.format(config(STRICT)),
        "src/b.rs": USES + maker.format(config(LAX)),
        C: f"{uses}\n{SERVE.format(call)}",
    }
    assert values(served(files), "client_auth") == {auth}


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("fn f() -> B { elsewhere::SslAcceptor::mozilla_modern(m()).unwrap() }", 1),
        ("fn f() -> B { SslAcceptor::mozilla_modern(m()).unwrap() } use x::SslAcceptor;", 1),
        ("fn f() -> B { crate::SslAcceptor::mozilla_modern(m()).unwrap() } OWN", 0),
        ("fn f() -> B { self::SslAcceptor::mozilla_modern(m()).unwrap() } OWN", 0),
        ("fn f() -> B { SslAcceptor::mozilla_modern(m()).unwrap() } OWN", 0),
        ("mod m { fn f() -> B { super::SslAcceptor::mozilla_modern(m()).unwrap() } } OWN", 0),
        ("fn f() -> B { own::SslAcceptor::mozilla_modern(m()).unwrap() } mod own { OWN }", 0),
        ("use own::SslAcceptor as S; fn f() -> B { S::mozilla_modern(m()) } mod own { OWN }", 0),
    ],
)
def test_a_type_of_the_program_is_not_the_librarys(code: str, count: int) -> None:
    code = code.replace("OWN", "pub struct SslAcceptor;")
    assert len(resolve({"Cargo.toml": "", MAIN: code}).endpoints) == count


@pytest.mark.parametrize(
    ("uses", "verifier", "chain"),
    [
        ("use crate::a::Own;", "Own", "unverified"),
        ("use crate::b::Own;", "Own", None),
        ("use crate::b::Own as Mine;", "Mine", None),
        ("", "crate::a::Own", "unverified"),
        ("", "crate::b::Own", None),
    ],
)
def test_verifiers(uses: str, verifier: str, chain: str | None) -> None:
    own = (
        "use rustls::server::danger::{{ClientCertVerified, ClientCertVerifier}};\n"
        "#[derive(Debug)] pub struct Own;\nimpl ClientCertVerifier for Own {{\n"
        "fn verify_client_cert(&self, e: &C, m: &[C], n: T) -> R {{ {0} }} }}\n"
    )
    assertion = "Ok(ClientCertVerified::assertion())"
    files = {
        "Cargo.toml": "",
        MAIN: f"mod a; mod b; mod c;\n{uses}\n{USES}{config(f'Arc::new({verifier})')}"
        f"{SERVE.format('config()')}",
        A: own.format(assertion),
        "src/b.rs": own.format(f"check(e)?; {assertion}"),
    }
    assert values(served(files), "client_chain") == {chain}


LIBRARY = """
pub fn client(insecure: bool) -> Client {
    reqwest::Client::builder().danger_accept_invalid_certs(insecure).build().unwrap()
}
pub mod deep { pub use crate::client; }
"""
BESIDE, THERE, HERE = 'tls = { path = "../tls" }', "tls/src/lib.rs", "app/src/main.rs"
SWITCH = "danger_accept_invalid_certs(insecure)"


@pytest.mark.parametrize(
    ("code", "needs", "chain", "path", "text"),
    [
        ("tls::client(true)", BESIDE, "unverified", HERE, "tls::client(true)"),
        ("tls::client(false)", BESIDE, "verified", HERE, "tls::client(false)"),
        ("tls::deep::client(true)", BESIDE, "unverified", HERE, "tls::deep::client(true)"),
        ("{ use tls::client; client(true) }", BESIDE, "unverified", HERE, "client(true)"),
        ("tls::client(ON)", BESIDE, "unverified", THERE, SWITCH),
        ("{ let on = true; tls::client(on) }", BESIDE, "unverified", THERE, SWITCH),
        (
            "safe::client(true)",
            'safe = { path = "../tls", package = "tls" }',
            "unverified",
            HERE,
            "safe::client(true)",
        ),
        ("tls::client(true)", 'other = "1"', None, THERE, SWITCH),
        ("safe::client(true)", BESIDE, None, THERE, SWITCH),
    ],
)
def test_crates_that_call_each_other(
    code: str, needs: str, chain: str | None, path: str, text: str
) -> None:
    files = {
        "app/Cargo.toml": f'[package]\nname = "app"\n[dependencies]\n{needs}\n',
        "tls/Cargo.toml": '[package]\nname = "tls"\n',
        HERE: f"const ON: bool = true;\nfn main() {{ {code}; }}",
        THERE: LIBRARY,
    }
    (endpoint,) = resolve(files).endpoints
    settings = [state["peer_chain"] for state in endpoint.states]
    found = {(one.value, one.span.path, text_at(files, one)) for one in settings}
    assert found == {(chain, path, text)}
