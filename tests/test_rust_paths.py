"""Many paths through Rust: failures that leave a server open, long calls, more than is followed."""

from __future__ import annotations

import pytest
from rust_project import MADE, USES, VERIFIER, one, resolve, value, values

KEYS = ".with_single_cert(chain(), key()).unwrap()"
OPEN = f"ServerConfig::builder().with_no_client_auth(){KEYS}"
MUTUAL = f"ServerConfig::builder().with_client_cert_verifier(v){KEYS}"


def intents(body: str) -> set[object]:
    """Return what was meant of a configuration that asks nobody; BUILT may fail."""
    for word, text in (("BUILT", f"{MADE}.build()"), ("OPEN", OPEN), ("MUTUAL", MUTUAL)):
        body = body.replace(word, text)
    files = (
        f"{USES}{VERIFIER}fn config(x: X) -> ServerConfig {{ {body} }}\n"
        f"fn loaded(x: X) -> R<V> {{ let all = read(x)?; Ok({MADE}.build()?) }}"
    )
    found = [one for one in resolve(files).endpoints if "ServerConfig in config" in one.name]
    states = [state for one in found for state in one.states]
    assert {"required", "none"} <= {state["client_auth"].value for state in states} | {"required"}
    return {
        state["client_auth_intent"].value
        for state in states
        if state["client_auth"].value == "none"
    }


@pytest.mark.parametrize(
    "body",
    [
        "match BUILT { Ok(v) => MUTUAL, Err(_) => OPEN }",
        "match BUILT { Ok(v) => MUTUAL, _ => OPEN }",
        "if let Ok(v) = BUILT { MUTUAL } else { OPEN }",
        "let Ok(v) = BUILT else { return OPEN }; MUTUAL",
        "match BUILT.ok() { Some(v) => MUTUAL, None => OPEN }",
        "BUILT.map_or_else(|e| OPEN, |v| MUTUAL)",
        "let v = BUILT.unwrap_or_else(|_| WebPkiClientVerifier::no_client_auth()); MUTUAL",
        "match loaded(x) { Ok(v) => MUTUAL, Err(_) => OPEN }",
        "let v = BUILT; OPEN",
    ],
)
def test_what_goes_on_without_a_verifier_that_failed(body: str) -> None:
    assert intents(body) == {"asked"}


@pytest.mark.parametrize(
    "body",
    [
        "if x.mutual { let v = BUILT.unwrap(); MUTUAL } else { OPEN }",
        "match x.ca { Some(ca) => { let v = BUILT.unwrap(); MUTUAL }, None => OPEN }",
        "match x.verifier() { Ok(v) => MUTUAL, Err(_) => OPEN }",
        "x.verifier().map_or_else(|e| OPEN, |v| MUTUAL)",
        "OPEN",
    ],
)
def test_what_somebody_chose(body: str) -> None:
    assert intents(body) == {"none"}


def bound(port: int, config: str) -> str:
    """Return a statement that serves on a port."""
    return (
        f'axum_server::bind_rustls("0.0.0.0:{port}".parse().unwrap(), axum_server::tls_rustls::'
        f"RustlsConfig::from_config(Arc::new({config}))).serve(app());"
    )


BUSY = " ".join(f"log({n}); count(x{n}, y);" for n in range(30))


def test_an_address_is_handed_down_through_large_functions() -> None:
    """They use no library themselves, and are too large to be run for what they return."""
    files = {
        "Cargo.toml": "",
        "src/main.rs": f'mod a; mod b;\nfn main() {{ {BUSY} a::listen_at("10.1.2.3:4567"); }}',
        "src/a.rs": (f"use crate::b;\npub fn listen_at(at: &str) {{ {BUSY} b::serve_at(at); }}"),
        "src/b.rs": (
            "use tokio::net::TcpListener;\n"
            f"pub async fn serve_at(at: &str) {{ {BUSY} "
            "let l = TcpListener::bind(at).await.unwrap(); "
            "axum::serve(l, app()).await; }"
        ),
    }
    (endpoint,) = resolve(files).endpoints
    assert (endpoint.address.host, endpoint.address.port) == ("10.1.2.3", 4567)


def test_functions_that_call_each_other_often_are_followed_to_the_end() -> None:
    """Each of nine calls the next one four times: 250,000 calls, were none of them remembered."""
    chain = "use rustls::ServerConfig;\nfn f0(c: ServerConfig) -> ServerConfig { c }\n"
    for n in range(9):
        again = f"f{n}(c.clone()); " * 3
        chain += f"fn f{n + 1}(c: ServerConfig) -> ServerConfig {{ {again}f{n}(c) }}\n"
    chain += f"fn main() {{ {bound(1, f'f9({OPEN})')} }}"
    (endpoint,) = resolve(chain).endpoints
    assert endpoint.address.port == 1
    assert value(endpoint, "client_auth") == "none"


def test_what_is_remembered_is_told_apart_by_what_is_handed_over() -> None:
    files = f"{USES}{VERIFIER}fn same(c: ServerConfig) -> ServerConfig {{ c }}\n"
    files += f"fn asked(on: bool) -> ServerConfig {{ if on {{ let v = {MADE}.build().unwrap(); "
    files += f"{MUTUAL} }} else {{ {OPEN} }} }}\nfn main() {{ "
    files += bound(1, "same(asked(true))") + bound(2, "same(asked(false))")
    files += bound(3, "same(asked(true))") + " }"
    found = {one.address.port: value(one, "client_auth") for one in resolve(files).endpoints}
    assert found == {1: "required", 2: "none", 3: "required"}


@pytest.mark.parametrize(("arms", "states"), [(3, 4), (15, 16), (16, 17), (20, 17)])
def test_what_was_cut_is_said_to_be_unknown(arms: int, states: int) -> None:
    body = " ".join(f"{n} => b.set_verify(SslVerifyMode::PEER)," for n in range(arms))
    files = (
        "use openssl::ssl::*;\npub fn config(n: u8) -> SslAcceptor {\n"
        "let mut b = SslAcceptor::mozilla_modern(SslMethod::tls()).unwrap();\n"
        f"match n {{ {body} _ => {{}} }} b.build() }}"
    )
    (endpoint,) = resolve(files).endpoints
    assert len(endpoint.states) == states
    assert value(endpoint, "min_version") == "TLSv1.2"
    assert (None in values(endpoint, "client_auth")) is (arms > 15)


def test_what_has_one_state_has_one_however_much_is_cut_beside_it() -> None:
    body = " ".join(f"{n} => b.set_verify(SslVerifyMode::PEER)," for n in range(20))
    made = "SslAcceptor::mozilla_modern(SslMethod::tls()).unwrap()"
    files = (
        f"use openssl::ssl::*;\npub fn both(n: u8) -> (A, A) {{\nlet mut b = {made};\n"
        f"let c = {made};\nmatch n {{ {body} _ => {{}} }} (b.build(), c.build()) }}"
    )
    first, second = sorted(resolve(files).endpoints, key=lambda one: one.head)
    assert (len(first.states), len(second.states)) == (17, 1)


ENDLESS = " ".join(f"one(x{n}, two({n}), three(x.b{n}, y.c(d)));" for n in range(2000))


@pytest.mark.parametrize(
    "files",
    [
        f"fn main() {{ {bound(1, OPEN)} {ENDLESS} other(); }} fn other() {{ {bound(2, OPEN)} }}",
        f"fn main() {{ {bound(1, OPEN)} large(); }} fn large() {{ {ENDLESS} other(); }}"
        f"fn other() {{ {bound(2, OPEN)} }}",
        f"fn main() {{ {bound(1, OPEN)} large(a); }}"
        f"fn large(a: ServerConfig) {{ other(); {ENDLESS} }} fn other() {{ {bound(2, OPEN)} }}",
    ],
)
def test_what_too_large_a_function_would_have_called_is_run_all_the_same(files: str) -> None:
    found = {
        one.address.port: values(one, "client_auth")
        for one in resolve(f"use rustls::ServerConfig;\n{files}").endpoints
    }
    assert found == {1: {"none"}, 2: {"none"}}


@pytest.mark.parametrize("calls", [1, 2, 3])
def test_few_paths_are_told_apart_wherever_they_are_called(calls: int) -> None:
    files = f"{USES}{VERIFIER}fn asked(on: bool) -> ServerConfig {{ if on {{ let v = "
    files += f"{MADE}.build().unwrap(); {MUTUAL} }} else {{ {OPEN} }} }}\n"
    files += "fn serve(on: bool) { " + bound(1, "asked(on)") + " }\n"
    files += "fn main() { " + "serve(x()); " * calls + "}"
    (endpoint,) = resolve(files).endpoints
    assert sorted(str(state["client_auth"].value) for state in endpoint.states) == [
        *("none", "required")
    ]


SETTER = """
pub struct Place { host: String }
pub struct B { place: Place, any: bool }
impl B {
    pub fn new(host: String) -> Self { B { place: Place { host }, any: false } }
    SETTER
    pub fn build(self) -> reqwest::Result<reqwest::Client> {
        let mut b = reqwest::Client::builder();
        if self.any { b = b.danger_accept_invalid_certs(true); }
        b.build()
    }
}
"""


@pytest.mark.parametrize(
    ("setter", "expected"),
    [
        ("pub fn any(mut self, yes: bool) -> Self { self.any = yes; self }", {True, False}),
        ("pub fn any(&mut self, yes: bool) { self.any |= yes; }", {True, False}),
        ("pub fn any(self) -> Self { B { any: true, ..self } }", {True, False}),
        ("pub fn any(&self) -> bool { self.any }", {False}),
        ("pub fn any(self, mut other: B) -> B { other.any = true; self }", {False}),
    ],
)
def test_what_methods_that_nobody_calls_may_set(setter: str, expected: set[bool]) -> None:
    found = one({"src/lib.rs": SETTER.replace("SETTER", setter)}, "client")
    off = {value == "unverified" for value in values(found, "peer_chain")}
    assert off == expected


KNOBS = (
    "if o.a { c = c.danger_accept_invalid_hostnames(true); } "
    "if o.b { c = c.identity(i()); } "
    "if o.c { c = c.min_tls_version(reqwest::tls::Version::TLS_1_2); } "
    "if o.d { c = c.tls_built_in_root_certs(false); } "
)
CHATTER = "log(o.a, o.b, o.c, o.d); " * 300
LEAVES = "if o.x { return Err(e()); } "


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # What failures on the way leave half made says nothing.
        (LEAVES * 9, LEAVES * 9 + CHATTER),
        # Whether a condition holds is told apart on few paths, too.
        ("", "if o.p || o.q || o.r() { return Err(e()); } " + CHATTER),
        # More than is followed at all: what is built by then can't be changed any more.
        ("", CHATTER * 30),
    ],
)
def test_a_client_is_known_whatever_comes_after_it(before: str, after: str) -> None:
    code = (
        "fn run(o: Options) -> Result<(), E> { let mut c = reqwest::Client::builder(); "
        "if o.verify == Verify::No { c = c.danger_accept_invalid_certs(true); } "
        f"{KNOBS} {before} let c = c.build()?; {after} c.get(url()).send() }}"
    )
    assert "unverified" in values(one(code, "client"), "peer_chain")
