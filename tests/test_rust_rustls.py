"""rustls: which settings a builder ends up with, however it is written."""

from __future__ import annotations

import pytest
from rust_project import USES, VERIFIER, one, resolve, server, value, values, where

BUILD = "WebPkiClientVerifier::builder(Arc::new(roots()))"
END = ".with_single_cert(chain(), key()).unwrap()"


@pytest.mark.parametrize(
    ("body", "auth", "text"),
    [
        (
            f"ServerConfig::builder().with_client_cert_verifier({BUILD}.build().unwrap()){END}",
            "required",
            BUILD,
        ),
        (
            f"let v = {BUILD}.allow_unauthenticated().build().unwrap();\n"
            f"ServerConfig::builder().with_client_cert_verifier(v){END}",
            "optional",
            "allow_unauthenticated()",
        ),
        (
            f"ServerConfig::builder().with_no_client_auth(){END}",
            "none",
            "with_no_client_auth()",
        ),
        (
            "let v = rustls::server::AllowAnyAuthenticatedClient::new(roots());\n"
            "ServerConfig::builder().with_safe_defaults()"
            f".with_client_cert_verifier(Arc::new(v)){END}",
            "required",
            "rustls::server::AllowAnyAuthenticatedClient::new(roots())",
        ),
        (
            "let v = rustls::server::AllowAnyAnonymousOrAuthenticatedClient::new(roots()).boxed();"
            f"ServerConfig::builder().with_safe_defaults().with_client_cert_verifier(v){END}",
            "optional",
            "rustls::server::AllowAnyAnonymousOrAuthenticatedClient::new(roots())",
        ),
        ("ServerConfig::new(rustls::NoClientAuth::new())", "none", "rustls::NoClientAuth::new()"),
        (
            "let c = ServerConfig::builder()\n"
            f".with_client_cert_verifier(Arc::new(rustls::server::NoClientAuth)){END};\nc",
            "none",
            "rustls::server::NoClientAuth",
        ),
    ],
)
def test_built_in_verifiers(body: str, auth: str, text: str) -> None:
    files = server(body)
    endpoint = one(files)
    assert value(endpoint, "client_auth") == auth
    assert where(files, endpoint, "client_auth", auth) == text


def test_calls_over_several_lines_point_to_their_name() -> None:
    files = server(f"ServerConfig::builder()\n.with_no_client_auth(\n){END}")
    assert where(files, one(files), "client_auth", "none") == "with_no_client_auth"


def test_chain_split_over_lets_and_wrapped() -> None:
    files = server(
        f"""
        let builder = ServerConfig::builder();
        let verifier = {BUILD};
        let verifier = verifier.allow_unauthenticated();
        let verifier = verifier.build().map_err(|e| e.to_string()).context("ca")?;
        let builder = builder.with_client_cert_verifier(Arc::clone(&verifier));
        let config = builder.with_single_cert(chain()?, key()?)?;
        Ok(Arc::new(config).into())
        """
    )
    assert value(one(files), "client_auth") == "optional"


@pytest.mark.parametrize(
    "choice",
    [
        "let b = if open { b.allow_unauthenticated() } else { b };",
        "let b = match open { true => b.allow_unauthenticated(), false => b };",
        "let mut b = b; if open { b = b.allow_unauthenticated(); }",
        "let b = if !open { b } else { b.allow_unauthenticated() };",
        "let b = match open { #[cfg(unix)] _ => b.allow_unauthenticated(), _ => b };",
        "let b = match mode() { 1 if open => b.allow_unauthenticated(), _ => b };",
        "let b = if cfg!(not(all(unix, windows))) { b } else { b.allow_unauthenticated() };",
    ],
)
def test_a_branch_makes_two_states(choice: str) -> None:
    files = server(
        f"let b = {BUILD};\n{choice}\n"
        f"ServerConfig::builder().with_client_cert_verifier(b.build().unwrap()){END}",
        "open: bool",
    )
    assert values(one(files), "client_auth") == {"optional", "required"}


@pytest.mark.parametrize(("constant", "auth"), [("true", "optional"), ("false", "required")])
def test_a_constant_condition_takes_one_arm(constant: str, auth: str) -> None:
    files = f"const OPEN: bool = {constant};\n" + server(
        f"let b = {BUILD};\nlet b = if OPEN {{ b.allow_unauthenticated() }} else {{ b }};\n"
        f"ServerConfig::builder().with_client_cert_verifier(b.build().unwrap()){END}"
    )
    assert value(one(files), "client_auth") == auth


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("opts.mutual", "opts.mutual"),
        ("!opts.mutual {} if opts.mutual", "opts.mutual"),
        ("opts.mutual && !opts.mutual {} if opts.mutual", "!(!opts.mutual)"),
        ("opts.ca.is_some()", "!opts.ca.is_none()"),
        ("let Some(_) = opts.ca", "opts.ca.is_some()"),
    ],
)
def test_the_same_flag_asked_twice_is_the_same_flag(first: str, second: str) -> None:
    files = server(
        f"""
        let mut verifier = None;
        if {first} {{ verifier = Some({BUILD}.build().unwrap()); }}
        if {second} {{
            ServerConfig::builder().with_client_cert_verifier(verifier.unwrap()){END}
        }} else {{
            ServerConfig::builder().with_no_client_auth(){END}
        }}
        """,
        "opts: &Options",
    )
    endpoint = [e for e in resolve(files).endpoints if e.side == "server"]
    states = [state["client_auth"].value for e in endpoint for state in e.states]
    assert sorted(map(str, states)) == ["none", "required"]


def test_cfg_twins_are_not_joined() -> None:
    files = server(
        f"""
        let builder = ServerConfig::builder();
        #[cfg(feature = "mutual")]
        let verifier = {BUILD}.build().unwrap();
        #[cfg(feature = "mutual")]
        let builder = builder.with_client_cert_verifier(verifier);
        #[cfg(not(feature = "mutual"))]
        let builder = builder.with_no_client_auth();
        builder{END}
        """
    )
    assert values(one(files), "client_auth") == {"required", "none"}
    assert len(one(files).states) == 2


@pytest.mark.parametrize(
    "helper",
    [
        f"fn verifier() -> V {{ {BUILD}.allow_unauthenticated().build().unwrap() }}",
        f"fn verifier() -> Result<V, E> {{ Ok({BUILD}.allow_unauthenticated().build()?) }}",
        f"fn verifier() -> V {{ return soften({BUILD}).build().unwrap(); }}\n"
        "fn soften(b: ClientCertVerifierBuilder) -> B { b.allow_unauthenticated() }",
        f"lazy_static! {{ static ref V: X = {BUILD}.allow_unauthenticated().build().unwrap(); }}\n"
        "fn verifier() -> X { V.clone() }",
        f"static V: LazyLock<X> = LazyLock::new(|| {BUILD}.allow_unauthenticated().build()"
        ".unwrap());\nfn verifier() -> X { V.clone() }",
    ],
)
def test_helpers_are_followed(helper: str) -> None:
    files = server(f"ServerConfig::builder().with_client_cert_verifier(verifier()){END}") + helper
    endpoint = one(files)
    assert value(endpoint, "client_auth") == "optional"
    assert where(files, endpoint, "client_auth", "optional") == "allow_unauthenticated()"


def test_helpers_in_other_files_are_followed() -> None:
    helper = (
        "use rustls::{RootCertStore, server::WebPkiClientVerifier as Web};\n"
        "pub fn verifier(roots: RootCertStore) -> V {\n"
        "    Web::builder(roots.into()).allow_unauthenticated().build().unwrap()\n}\n"
    )
    main = (
        "mod tls;\nuse rustls::{RootCertStore, ServerConfig};\n"
        "fn main() { let c = ServerConfig::builder()"
        ".with_client_cert_verifier(tls::verifier(RootCertStore::empty()))"
        f"{END}; run(c) }}\n"
    )
    files = {"Cargo.toml": "[package]", "src/main.rs": main, "src/tls.rs": helper}
    endpoint = one(files)
    assert value(endpoint, "client_auth") == "optional"
    assert endpoint.states[0]["client_auth"].span.path == "src/tls.rs"


@pytest.mark.parametrize(
    "uses",
    [
        "use tokio_rustls::rustls::{self, server::WebPkiClientVerifier as V, ServerConfig as C};",
        "use rustls as tls; use tls::server::WebPkiClientVerifier as V; "
        "use tls::ServerConfig as C;",
        "use rustls::*; use rustls::server::*; use WebPkiClientVerifier as V; "
        "use rustls::ServerConfig as C;",
        "use quinn::rustls::{ServerConfig as C, server::{WebPkiClientVerifier as V}};",
    ],
)
def test_names_are_resolved(uses: str) -> None:
    files = (
        f"{uses}\npub fn config(r: R) -> C {{ C::builder().with_client_cert_verifier("
        f"V::builder(r).allow_unauthenticated().build().unwrap()){END} }}"
    )
    assert value(one(files), "client_auth") == "optional"


@pytest.mark.parametrize(
    "files",
    [
        "pub struct ServerConfig; impl ServerConfig { pub fn builder() -> Self { ServerConfig }\n"
        "pub fn with_no_client_auth(self) -> Self { self } }\n"
        "fn f() { ServerConfig::builder().with_no_client_auth(); }",
        "use crate::config::ServerConfig;\n"
        "fn f() { ServerConfig::builder().with_no_client_auth(); }",
        "// ServerConfig::builder().with_no_client_auth()\n"
        'fn f() { log("with_no_client_auth()"); }',
        "/// ```\n/// rustls::ServerConfig::builder().with_no_client_auth()\n/// ```\nfn f() {}",
    ],
)
def test_what_only_looks_like_it_is_nothing(files: str) -> None:
    assert resolve(files).endpoints == ()


def test_a_client_and_a_server_tell_with_no_client_auth_apart() -> None:
    files = server(
        "let _client = ClientConfig::builder().with_root_certificates(roots())"
        f".with_no_client_auth();\nServerConfig::builder().with_no_client_auth(){END}"
    )
    document = resolve(files)
    assert {e.side: values(e, "client_auth") for e in document.endpoints}["server"] == {"none"}
    client = one(files, "client")
    assert value(client, "client_certificate") == "absent"
    assert value(client, "peer_chain") == "verified"


@pytest.mark.parametrize(
    ("store", "ca"),
    [
        ("roots()", None),
        (
            "RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect() }",
            "public",
        ),
        ("webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect::<RootCertStore>()", "public"),
        ("RootCertStore { roots: vec![anchor()] }", "private"),
        ("given", None),
        ("{ given.add(own()).unwrap(); given }", None),
        ("{ given.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()); given }", "public"),
        ("{ let mut s = RootCertStore::empty(); s.extend(others()); s }", None),
        ("{ let mut s = RootCertStore::empty(); fill(&mut s); s }", None),
        ("RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.to_vec())", "public"),
        ("others().store()", None),
    ],
)
def test_whose_roots(store: str, ca: str | None) -> None:
    files = server(
        f"let v = WebPkiClientVerifier::builder(Arc::new({store})).build().unwrap();\n"
        f"ServerConfig::builder().with_client_cert_verifier(v){END}",
        "mut given: RootCertStore",
    )
    assert value(one(files), "client_ca") == ca


def test_public_roots_stay_when_private_ones_are_added() -> None:
    files = server(
        f"""
        let mut store = RootCertStore::empty();
        for cert in rustls_native_certs::load_native_certs().unwrap() {{ store.add(cert).ok(); }}
        store.add(own()).unwrap();
        let v = WebPkiClientVerifier::builder(Arc::new(store)).build().unwrap();
        ServerConfig::builder().with_client_cert_verifier(v){END}
        """
    )
    endpoint = one(files)
    text = where(files, endpoint, "client_ca", "public")
    assert text == "rustls_native_certs::load_native_certs()"


def test_a_verifier_that_is_dropped_was_meant() -> None:
    files = server(
        f"let _verifier = {BUILD}.build().unwrap();\n"
        f"ServerConfig::builder().with_no_client_auth(){END}"
    )
    assert value(one(files), "client_auth_intent") == "asked"


def test_a_verifier_of_the_other_arm_was_not() -> None:
    files = server(
        f"""
        if mutual {{
            let verifier = {BUILD}.build().unwrap();
            ServerConfig::builder().with_client_cert_verifier(verifier){END}
        }} else {{
            ServerConfig::builder().with_no_client_auth(){END}
        }}
        """,
        "mutual: bool",
    )
    for endpoint in resolve(files).endpoints:
        for state in endpoint.states:
            if state["client_auth"].value == "none":
                assert state["client_auth_intent"].value == "none"


def test_versions() -> None:
    files = server(
        "ServerConfig::builder_with_protocol_versions(&[&rustls::version::TLS13])"
        f".with_no_client_auth(){END}"
    )
    assert value(one(files), "min_version") == "TLSv1.3"
    files = server(f"ServerConfig::builder().with_no_client_auth(){END}")
    setting = one(files).states[0]["min_version"]
    assert (setting.value, setting.origin.value) == ("TLSv1.2", "default")


def test_a_config_handed_to_a_function_elsewhere_keeps_what_is_fixed() -> None:
    files = server(
        f"let config = ServerConfig::builder().with_no_client_auth(){END};\n"
        "elsewhere::serve(config); loop {}"
    )
    assert value(one(files), "client_auth") == "none"


def test_a_builder_handed_to_a_function_elsewhere_is_unknown() -> None:
    files = server(f"elsewhere::finish({BUILD}).build().unwrap()")
    assert value(one(files), "client_auth") is None


def test_test_code_is_marked() -> None:
    files = (
        USES + VERIFIER + f"#[cfg(test)] mod tests {{ use super::*; #[test] fn t() {{ let c = "
        f"ServerConfig::builder().with_no_client_auth(){END}; run(c) }} }}"
    )
    assert one(files).test_code
    files = server(f"ServerConfig::builder().with_no_client_auth(){END}")
    assert not one(files).test_code
    assert one({"tests/it.rs": files}).test_code


OPEN = f"pub fn config() -> ServerConfig {{ ServerConfig::builder().with_no_client_auth(){END} }}"


@pytest.mark.parametrize(
    ("cfg", "test"),
    [
        ("#[cfg(test)]", True),
        ('#[cfg(any(test, feature = "testing"))]', True),
        ('#[cfg(feature = "test-util")]', True),
        ("#[cfg(all(unix, test))]", True),
        ('#[cfg(any(test, feature = "server"))]', False),
        ('#[cfg(not(feature = "test-util"))]', False),
        ('#[cfg(feature = "attestation")]', False),
        ("", False),
    ],
)
@pytest.mark.parametrize("path", ["src/tls/mock.rs", "src/tls/mock/mod.rs", "src/tls/mock/ca.rs"])
def test_a_file_is_test_code_if_its_module_is(cfg: str, test: bool, path: str) -> None:
    files = {
        "Cargo.toml": "",
        "src/main.rs": "mod tls;",
        "src/tls.rs": f"{cfg}\npub mod mock;",
        path: USES + OPEN,
    }
    assert one(files).test_code is test


@pytest.mark.parametrize(
    ("main", "declaration", "path", "test"),
    [
        ("src/main.rs", '#[cfg(test)] #[path = "other/fake.rs"] mod m;', "src/other/fake.rs", True),
        ("src/main.rs", '#[path = "other/fake.rs"] mod m;', "src/other/fake.rs", False),
        ("src/main.rs", '#[path = "other/fake.rs"]\n#[cfg(test)]\nmod m;', "src/fake.rs", False),
        ("main.rs", '#[cfg(test)] #[path = "fake.rs"] mod m;', "fake.rs", True),
        ("main.rs", '#[cfg(test)] mod m; #[path = "fake.rs"] mod n;', "fake.rs", False),
    ],
)
def test_a_module_may_be_in_another_file(
    main: str, declaration: str, path: str, test: bool
) -> None:
    files = {"Cargo.toml": "", main: declaration, path: USES + OPEN}
    assert one(files).test_code is test


@pytest.mark.parametrize(
    ("body", "floor", "auth"),
    [
        ("c.versions = vec![ProtocolVersion::TLSv1_3];", "TLSv1.3", "none"),
        ("c.versions = versions();", None, "none"),
        ("c.set_client_auth_roots(certs(), true);", "TLSv1.2", "required"),
        ("c.set_client_auth_roots(certs(), false);", "TLSv1.2", "optional"),
        ("c.set_client_auth_roots(certs(), strict());", "TLSv1.2", None),
    ],
)
def test_configurations_that_could_be_changed(body: str, floor: str | None, auth: str) -> None:
    code = (
        "use rustls::{NoClientAuth, ProtocolVersion, ServerConfig};\n"
        "fn config() -> ServerConfig {\n"
        f"let mut c = ServerConfig::new(NoClientAuth::new()); {body} c }}"
    )
    endpoint = one(code)
    assert (value(endpoint, "min_version"), value(endpoint, "client_auth")) == (floor, auth)


@pytest.mark.parametrize("module", ["rustls_0_21", "rustls_0_22", "rustls_0_23"])
def test_what_actix_tls_exports_again(module: str) -> None:
    code = (
        f"use actix_tls::accept::{module}::{{reexports::ServerConfig, Acceptor}};\n"
        "fn acceptor() -> Acceptor { Acceptor::new(\n"
        f"ServerConfig::builder().with_no_client_auth(){END}) }}"
    )
    assert value(one(code), "client_auth") == "none"


def test_variants_that_are_asked_for_again_go_the_same_way() -> None:
    body = """let builder = match mode {
        Mode::Lax | Mode::Middle => ServerConfig::builder().with_no_client_auth(),
        Mode::Strict => ServerConfig::builder().with_client_cert_verifier(verifier()),
    };
    let mut config = builder.with_single_cert(chain(), key()).unwrap();
    match mode { Mode::Strict => {}, Mode::Middle | Mode::Lax => config.max_early_data_size = 9 }
    if matches!(mode, Mode::Strict) { config.max_early_data_size = 0; }
    config"""
    verifier = "fn verifier() -> Arc<dyn ClientCertVerifier> { WebPkiClientVerifier::builder(Arc::"
    verifier += "new(roots())).build().unwrap() }\n"
    found = resolve(verifier + server(body, "mode: Mode")).endpoints
    states = [state for endpoint in found for state in endpoint.states]
    pairs = {(state["client_auth"].value, state["early_data"].value) for state in states}
    assert pairs == {("none", "on"), ("required", "off")}


def test_roots_of_a_client_were_meant_for_no_server() -> None:
    client = """fn client() {
    let mut store = RootCertStore::empty();
    if let Err(e) = store.add(pinned()) { return; }
    give(ClientConfig::builder().with_root_certificates(store).with_no_client_auth());
}"""
    files = server("ServerConfig::builder().with_no_client_auth().with_single_cert(c, k).unwrap()")
    files += client + "\nfn main() { let tls = config(); client(); listen(tls); }"
    assert value(one(files), "client_auth_intent") == "none"
