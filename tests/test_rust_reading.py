"""Rust: phantoms, macros, manifests, comments, and that no bytes make the reader raise."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mtlslint.facts import Claim, Paths, Project
from mtlslint.parsers import rust
from mtlslint.parsers.rust.telling import USING, names, tells
from mtlslint.source import Source
from rust_project import one, resolve, text_at, value


@pytest.mark.parametrize(
    ("files", "text"),
    [
        (
            "use native_tls::TlsAcceptor; fn f(i: I) { TlsAcceptor::builder(i).client_auth(x); }",
            "client_auth(x)",
        ),
        (
            "fn f(b: &mut native_tls::TlsAcceptorBuilder) { b.add_root_certificate(c); }",
            "add_root_certificate(c)",
        ),
        (
            "fn f() { rustls::ServerConfig::builder().with_client_auth_mandatory(true); }",
            "with_client_auth_mandatory(true)",
        ),
        (
            "use rustls::server::WebPkiClientVerifier; fn f() { WebPkiClientVerifier::new(r); }",
            "WebPkiClientVerifier::new(r)",
        ),
        (
            "use rustls::server::ClientAuthMandatory as M; fn f() { g(M::Required); }",
            "M::Required",
        ),
        ("async fn f() { axum::serve_tls(l, app).await; }", "axum::serve_tls(l, app)"),
        (
            "fn f() { actix_web::HttpServer::new(|| app()).bind_native_tls(a, t); }",
            "bind_native_tls(a, t)",
        ),
        (
            "fn f() { tonic::transport::ServerTlsConfig::new().client_auth_required(true); }",
            "client_auth_required(true)",
        ),
    ],
)
def test_phantoms(files: str, text: str) -> None:
    (misuse,) = resolve(files).misuses
    assert misuse.kind == "phantom"
    assert files[misuse.span.start : misuse.span.end] == text
    assert misuse.advice


@pytest.mark.parametrize(
    "files",
    [
        "struct B; impl B { fn client_auth(self, a: ClientAuth) -> B { self } }\n"
        "fn f() { B.client_auth(ClientAuth::Required); tls_acceptor().client_auth(true); }",
        "enum ClientAuthMode { Verify } fn f() { g(ClientAuthMode::Verify); }",
        "fn f() { salvo_config().with_client_auth_required(ca); }",
        "// native_tls::ClientAuthMode::Verify\nfn f() {}",
        "use native_tls::ClientAuthMode;",
    ],
)
def test_names_of_the_program_itself_are_no_phantoms(files: str) -> None:
    assert resolve(files).misuses == ()


BUILDER = "rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(c, k).unwrap()"


@pytest.mark.parametrize(
    "files",
    [
        f"fn f() {{ let all = vec![{BUILDER}]; give(all) }}",
        f"fn f() -> C {{ tokio::select! {{ _ = stop() => {{}}, c = make({BUILDER}) => {{}} }} }}",
        f"fn f() -> C {{ tokio::select! {{ _ = stop() => {{ give({BUILDER}) }} }} }}",
        f"lazy_static! {{ static ref C: Config = {BUILDER}; }}",
        f"thread_local! {{ static C: Config = {BUILDER}; }}",
        f"cfg_if::cfg_if! {{ if #[cfg(unix)] {{ fn f() -> C {{ {BUILDER} }} }} "
        "else { fn f() -> C { other() } } }",
        f"fn f() -> C {{ unknown_macro!(a, {BUILDER}); }}",
        f"macro_rules! m {{ ($($x:expr),*) => {{ $( g($x, {BUILDER}); )* }} }}\nfn f() {{ m!(1) }}",
        f"macro_rules! m {{ ($($x:expr)?) => {{ $( give($x, {BUILDER}) )? }} }}\nfn f() {{ m!() }}",
        f"macro_rules! m {{ ($x:ident) => {{ fn $x() -> C {{ {BUILDER} }} }} }} m!(f);",
        f"macro_rules! m {{ () => {{ $crate::give((1, 2), {BUILDER}) }} }} fn f() {{ m!(); }}",
        f"#[macro_export] macro_rules! m {{ () => {{ {BUILDER} }} }}",
        f"fn f() -> C {{ let c = async move {{ {BUILDER} }}.await; c }}",
        f"mod a {{ mod b {{ pub fn f() -> C {{ {BUILDER} }} }} }}",
        f"fn f() {{ fn inner() -> C {{ {BUILDER} }} inner(); }}",
        f"fn f() -> C {{ {BUILDER} }}\nfn broken( {{ ) let = ;",
        f"fn f() -> C {{ unsafe {{ {BUILDER} }} }}",
        f"impl T for X {{ type Y = Z; fn f(&self) -> C {{ {BUILDER} }} }}",
    ],
)
def test_wherever_code_stands(files: str) -> None:
    endpoint = one(files)
    assert value(endpoint, "client_auth") == "none"
    assert text_at(files, endpoint.states[0]["client_auth"]) == "with_no_client_auth()"


@pytest.mark.parametrize(
    "files",
    [
        f'fn f() {{ let text = r#"{BUILDER}"#; println!("{{text}}"); }}',
        f"macro_rules! m {{ () => {{ {BUILDER} }} }}",
        f"fn f() {{ if false {{ give({BUILDER}); }} }}",
        f"fn f() {{ return; give({BUILDER}); }}",
        f"fn f() {{ if cfg!(test) {{ give({BUILDER}); }} }}",
        f"fn f() {{ #[cfg(test)] give({BUILDER}); }}",
        f"fn f() {{ match x {{ #[cfg(test)] A => give({BUILDER}), _ => 1 }} }}",
        f"#[cfg(not(any()))] fn f() {{ panic!(); give({BUILDER}); }}",
    ],
)
def test_what_never_runs_is_not_code(files: str) -> None:
    assert resolve(files).endpoints == ()


@pytest.mark.parametrize(
    "manifest",
    [
        '[dependencies]\ntls = { package = "rustls", version = "0.23" }\n',
        '[dependencies.tls]\nversion = "0.23"\npackage = "rustls"\n',
    ],
)
def test_crates_may_be_renamed(manifest: str) -> None:
    files = {"Cargo.toml": manifest, "src/main.rs": f"fn f() -> C {{ {BUILDER} }}"}
    files["src/main.rs"] = files["src/main.rs"].replace("rustls::", "tls::")
    assert value(one(files), "client_auth") == "none"
    files["Cargo.toml"] = "[dependencies]\ntls = '1'\n"
    assert resolve(files).endpoints == ()


def test_a_workspace_may_rename_for_its_crates() -> None:
    code = (
        "fn config() -> X { secure::ServerConfig::builder().with_no_client_auth()\n"
        ".with_single_cert(chain(), key()).unwrap() }"
    )
    files = {
        "Cargo.toml": '[workspace.dependencies]\nsecure = { package = "rustls", version = "0.23" }',
        "edge/Cargo.toml": "[dependencies]\nsecure.workspace = true",
        "edge/src/main.rs": code,
    }
    assert value(one(files), "client_auth") == "none"
    del files["Cargo.toml"]
    assert resolve(files).endpoints == ()


def test_crates_are_apart() -> None:
    helper = f"pub fn config() -> C {{ {BUILDER} }}"
    main = (
        "use rustls::ServerConfig; async fn main() {\n"
        "axum_server::bind_rustls(a, axum_server::tls_rustls::RustlsConfig::from_config(config()))"
        ".serve(app).await; }"
    )
    files = {"a/Cargo.toml": "", "b/Cargo.toml": "", "a/src/main.rs": main, "b/src/lib.rs": helper}
    found = {e.head.path: e for e in resolve(files).endpoints}
    assert value(found["a/src/main.rs"], "client_auth") is None
    assert value(found["b/src/lib.rs"], "client_auth") == "none"


def test_comments() -> None:
    text = (
        "// mtlslint: ignore[MTLS103] public\nfn a() {} // mtlslint: expect client_auth=none\n"
        '/* mtlslint: ignore[X] */ fn b() { let s = "mtlslint: ignore[Y]"; }\n'
    )
    comments = rust.read(Source("a.rs", text.encode())).comments
    assert [(c.text, c.alone) for c in comments] == [
        ("ignore[MTLS103] public", True),
        ("expect client_auth=none", False),
        ("ignore[X]", True),
    ]


def test_claims() -> None:
    assert rust.claims("src/main.rs", b"") is Claim.YES
    assert rust.claims("Cargo.toml", b"") is Claim.YES
    assert rust.claims("main.py", b"") is Claim.NO


def test_importing_loads_no_grammar() -> None:
    code = (
        "import sys, mtlslint.parsers.rust\n"
        "assert not {'yaml', 'tree_sitter', 'tree_sitter_rust'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def survive(data: bytes) -> None:
    facts = rust.read(Source("src/main.rs", data))
    project = Project({"src/main.rs": facts}, Paths(("src/main.rs",)))
    for endpoint in rust.resolve(project).endpoints:
        for state in endpoint.states:
            for setting in state.values():
                assert 0 <= setting.span.start <= setting.span.end <= len(data)


PIECES = [
    *("fn f() ", "{", "}", "(", ")", "[", "]", ";", ",", ".", "::", "let x = ", "match x ", "if "),
    *("=> ", "| ", "|| ", "&mut ", "?", "loop ", "for i in ", "x", "return ", "#[cfg(test)]"),
    *("rustls::ServerConfig::builder()", ".with_no_client_auth()", ".with_single_cert(a, b)"),
    *("impl ClientCertVerifier for X ", "fn verify_client_cert(&self) ", "vec![", "format!("),
    *('"{x}"', "async move ", "SslVerifyMode::PEER", ".set_verify(", "else ", "é", 'r#"', "/*"),
    *("axum::serve(", ".map(|v| ", "Some(", "None", "Err(", "lazy_static! ", "use rustls::*;"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_text_makes_it_raise(pieces: list[str]) -> None:
    survive("".join(pieces).encode())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    survive(data)
    survive(b"fn f() { rustls::ServerConfig::builder()" + data + b" }")


@pytest.mark.parametrize(
    "text",
    [
        "fn f() -> tls { " + "(" * 20_000 + ")" * 20_000 + " }",
        "fn f() -> tls { " + "{" * 20_000 + "}" * 20_000 + " }",
        "fn f() -> tls { x" + ".unwrap()" * 20_000 + " }",
        "fn f() -> tls { x" + " | y" * 20_000 + " }",
        "fn f() -> tls { x = " + "!" * 20_000 + "y }",
        "fn f() -> tls { " + "if a { } else " * 5_000 + "{ } }",
        "fn f() -> tls { " + "if a { tls(); } " * 2_000 + "}",
        "fn f() -> tls { " + "vec![" * 2_000 + "]" * 2_000 + " }",
        "mod a { " * 5_000 + "}" * 5_000,
        "use a::" + "{b::" * 5_000 + "}" * 5_000 + "; // tls",
        "fn f(tls: " + "Option<" * 5_000 + ">" * 5_000 + ") {}",
        "fn f() -> tls { match x { " + "(" * 5_000 + ")" * 5_000 + " => 1 } }",
        "fn tls() { " + "tls(); " * 5_000 + "}",
        "#[cfg(" + "any(" * 2_000 + "a" + ")" * 2_000 + ")] fn tls() {}",
        "#[cfg(all(" + ",".join(f"a{i}" for i in range(5_000)) + "))] fn tls() { tls() }",
        'const TLS: &str = "-----BEGIN PRIVATE KEY-----";\n' * 5_000,
        "".join(
            f"fn tls{i}(x: T) {{ if x {{ tls{i + 1}(x); }} tls{i + 1}(x); }}\n" for i in range(60)
        ),
        "use b as a; use c as b; use b as c; fn tls() { a::tls(); }",
        "const A: X = B; const B: X = A; fn tls() { listen(A); }",
        "fn tls() { tls::<A, { tls() }>(); matches!(x); matches!(tls(), ) }",
    ],
    ids=range(20),
)
def test_deep_and_long(text: str) -> None:
    survive(text.encode())


def test_names_of_the_table_tell_but_for_those_that_anything_may_be_called() -> None:
    vocabulary = rust.language().api.vocabulary
    opening = {name.encode() for name in vocabulary.opening}
    assert {name for name in opening if not tells(name)} == USING
    for name in (b"ClientConfig", b"PgConnectOptions", b"with_single_cert", b"ticketer"):
        assert name in names()
    assert not any(map(tells, (b"App", b"Client", b"Router", b"Session", b"versions")))


def lowered(text: str) -> set[str]:
    """Return the functions of a file that are worth lowering."""
    modules = rust.read(Source("src/lib.rs", text.encode())).tree.modules
    return {function.name for module in modules for function in module.functions}


@pytest.mark.parametrize(
    "word", ["ssl", "SslMode", "open_ssl", "nossl", "usessl", "ZeroSSL", "OSSL"]
)
def test_a_word_of_tls_is_one_within_others(word: str) -> None:
    assert lowered(f"fn f(a: A) {{ a.{word}(); }}") == {"f"}


@pytest.mark.parametrize("word", ["AccessList", "needlessly", "lossless", "PROCESSLIST", "AsSlice"])
def test_letters_of_tls_in_other_words_say_nothing(word: str) -> None:
    assert lowered(f"fn f(a: A) {{ a.{word}(); }}") == set()


def test_tests_that_only_call_what_speaks_of_tls_are_left_out() -> None:
    text = """
        fn start(a: &str) -> Server { axum_server::bind_rustls(a, config()) }
        fn other() { start("0.0.0.0:8443").poll(); }
        #[cfg(test)]
        mod tests {
            fn prepared() -> Server { danger() }
            #[test] fn named() { assert!(start.is_some()); }
            #[test] fn running() { start("127.0.0.1:0").run(); }
            #[test] fn helped() { prepared().poll(); }
            #[test] fn apart() { assert!(true); }
        }"""
    assert lowered(text) == {"start", "other", "prepared", "running", "helped"}
