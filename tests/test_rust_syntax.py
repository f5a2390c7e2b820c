"""Rust's syntax: literals, types, macros and attributes, each where a setting depends on it."""

from __future__ import annotations

import pytest
from mtlslint.model import Address
from rust_project import one, resolve, value, values

SERVE = "async fn main() {{ let l = TcpListener::bind({}).await.unwrap(); axum::serve(l, app()); }}"
USES = "use tokio::net::TcpListener;\n"


@pytest.mark.parametrize(
    ("literal", "found"),
    [
        (r'"1.2.3.4\u{3a}80"', Address("1.2.3.4", 80)),
        (r'"\x31.2.3.4:80"', Address("1.2.3.4", 80)),
        ('"1.2.3.4:\\\n      80"', Address("1.2.3.4", 80)),
        ('r"1.2.3.4:80"', Address("1.2.3.4", 80)),
        ('r#"1.2.3.4:80"#', Address("1.2.3.4", 80)),
        ('b"1.2.3.4:80"', Address("1.2.3.4", 80)),
        ('br##"1.2.3.4:80"##', Address("1.2.3.4", 80)),
        (r'"1.2.3.4\\:80"', Address("1.2.3.4\\", 80)),
        (r'"1.2.3.4\":80"', Address('1.2.3.4"', 80)),
        (r'"1.2.3.4\t:80"', Address("1.2.3.4\t", 80)),
        (r'"1.2.3.4\n:80"', Address("1.2.3.4\n", 80)),
        (r'"1.2.3.4\r:80"', Address("1.2.3.4\r", 80)),
        (r'"1.2.3.4\u{d800}:80"', Address("1.2.3.4?", 80)),
        (r'"1.2.3.4\u{110000}:80"', Address("1.2.3.4?", 80)),
        (r'"1.2.3.4\u{e000}:80"', Address("1.2.3.4\ue000", 80)),
        (r'"1.2.3.4\u{d7ff}:80"', Address("1.2.3.4\ud7ff", 80)),
        (r'"1.2.3.4\u{dfff}:80"', Address("1.2.3.4?", 80)),
        (r'"1.2.3.4\u{10FFFF}:80"', Address("1.2.3.4\U0010ffff", 80)),
        ('("1.2.3.4", 80)', Address("1.2.3.4", 80)),
        ('("1.2.3.4", 8_443u16)', Address("1.2.3.4", 8443)),
        ('("1.2.3.4", 0x50)', Address("1.2.3.4", 80)),
        ('("1.2.3.4", 0o120)', Address("1.2.3.4", 80)),
        ('("1.2.3.4", 0b101_0000)', Address("1.2.3.4", 80)),
        ('("1.2.3.4", 80 as u16)', Address("1.2.3.4", 80)),
        ('("1.2.3.4", (80))', Address("1.2.3.4", 80)),
        ('("1.2.3.4", 8000 + 80)', Address("1.2.3.4", None)),
        ('concat!("1.2.3.4", ":", 80)', Address("1.2.3.4", 80)),
        ('format!("1.2.3.4:{}", 80)', Address("1.2.3.4", 80)),
        ('format!("{}:{}", "1.2.3.4", 80)', Address("1.2.3.4", 80)),
        ('format!("{1}:{0}", 80, "1.2.3.4")', Address("80", None)),
        ('format!("1.2.3.4:{:04}", 80)', Address("1.2.3.4", 80)),
        ('format!("1.2.3.4:{PORT}")', Address("1.2.3.4", 8443)),
        ('format!("1.2.3.4:{PORT:?}")', Address("1.2.3.4", 8443)),
        ('format!("{{1.2.3.4}}:{}", 80)', Address("{1.2.3.4}", 80)),
        ('&format!("1.2.3.4:{}", port())', Address("1.2.3.4", None)),
        ('{ let at = "1.2.3.4:80"; at }', Address("1.2.3.4", 80)),
        ('unsafe { "1.2.3.4:80" }', Address("1.2.3.4", 80)),
        ('const { "1.2.3.4:80" }', Address("1.2.3.4", 80)),
        ('*&"1.2.3.4:80"', Address("1.2.3.4", 80)),
        ('("1.2.3.4:80" as &str)', Address("1.2.3.4", 80)),
        ('async { "1.2.3.4:80" }.await', Address("1.2.3.4", 80)),
        ('Into::<String>::into("1.2.3.4:80")', Address()),
        ('dbg!("1.2.3.4:80")', Address("1.2.3.4", 80)),
        ('["1.2.3.4", "80"].join(":")', Address("1.2.3.4", 80)),
        ('vec!["1.2.3.4", ":80"].concat()', Address("1.2.3.4", 80)),
        ('[1, 2, 3, 4].map(text).join(".")', Address()),
        ('vec!["5.6.7.8:9", "1.2.3.4:80"][1]', Address("1.2.3.4", 80)),
        ("([1; 4], 80)", Address("1.1.1.1", 80)),
        ("([0; 16], 80)", Address("::", 80)),
        ("([0; n()], 80)", Address(None, 80)),
        ("([0; 99_999_999_999], 80)", Address(None, 80)),
        ("([0; 17], 80)", Address(None, 80)),
        ('if let Some(at) = None { at } else { "1.2.3.4:80" }', Address("1.2.3.4", 80)),
        ('match 2 { 1 => "5.6.7.8:9", _ => "1.2.3.4:80" }', Address("1.2.3.4", 80)),
        ('match -2 { 2 => "5.6.7.8:9", -2 => "1.2.3.4:80", _ => "" }', Address("1.2.3.4", 80)),
        ('match "b" { "a" => "", "b" | "c" => "1.2.3.4:80", _ => "" }', Address("1.2.3.4", 80)),
        ("match 'b' { 'a' => \"1.2.3.4:1\", _ => \"1.2.3.4:2\" }", Address("1.2.3.4", 2)),
        ('match (1, "a") { (2, _) => "", (1, at) => "1.2.3.4:80" }', Address("1.2.3.4", 80)),
        (
            'match [1, 2] { [2, ..] => "", [1, ..] => "1.2.3.4:80", _ => "" }',
            Address("1.2.3.4", 80),
        ),
        ('match &Some(1) { &Some(ref n) => "1.2.3.4:80", None => "" }', Address("1.2.3.4", 80)),
        (
            '{ let p = P { a: 1, b: 2 }; match p { P { b: 3, .. } => "", P { a, .. } => A } }',
            Address("a", 1),
        ),
        ('match 0.5 { 1.5 => "1.2.3.4:1", _ => "1.2.3.4:2" }', Address("1.2.3.4", 2)),
    ],
)
def test_addresses_however_they_are_written(literal: str, found: Address) -> None:
    code = USES + 'const PORT: u16 = 8443;\nconst A: &str = "a:1";\n' + SERVE.format(literal)
    assert one(code).address == found


WRAPPERS = (  # noqa: SIM905
    "Arc Rc Box Option Result Mutex RwLock Cow Into AsRef OnceCell OnceLock LazyLock Lazy Pin "
    "RefCell Data ArcSwap Borrow BorrowMut"
).split()


@pytest.mark.parametrize(
    "declared",
    [
        *(f"{wrapper}<Held>" for wrapper in WRAPPERS),
        *("&Held", "&mut Held", "&'static mut Held", "Option<&'a mut Held>", "Box<dyn Held>"),
        *("impl Held", "impl Into<Held>", "Box<dyn Held + Send + Sync>", "Arc<Mutex<Held>>"),
        *("Result<Held, Error>", "std::sync::Arc<Held>", "Pin<Box<Held>>", "openssl::ssl::Held"),
        *("Option<ssl::Held>", "Renamed", "Arc<Renamed>"),
    ],
)
def test_types_in_their_wrappers(declared: str) -> None:
    code = (
        "use openssl::ssl::{self, SslAcceptorBuilder, SslVerifyMode};\n"
        "use openssl::ssl::SslAcceptorBuilder as Renamed;"
        f"\npub fn relax(b: {declared}) {{ b.set_verify(SslVerifyMode::PEER); }}"
    )
    assert value(one(code.replace("Held", "SslAcceptorBuilder")), "client_auth") == "optional"


@pytest.mark.parametrize("declared", ["Vec<Held>", "HashMap<String, Held>", "Own<Held>", "u8", ""])
def test_types_that_only_hold_others(declared: str) -> None:
    code = (
        "use openssl::ssl::{SslAcceptorBuilder, SslVerifyMode};\n"
        f"pub fn relax(b: {declared or 'X'}) {{ b.set_verify(SslVerifyMode::PEER); }}"
    )
    assert resolve(code.replace("Held", "SslAcceptorBuilder")).endpoints == ()


OPEN = "rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(c, k).unwrap()"
SAID = (  # noqa: SIM905
    "println print eprintln eprint info debug warn error trace log json span event write writeln "
    "instrument anyhow eyre stringify info_span debug_span trace_span error_span html sql query doc"
).split()


@pytest.mark.parametrize("macro", SAID)
def test_what_is_only_said(macro: str) -> None:
    assert resolve(f"fn f() {{ {macro}!({OPEN}); }}").endpoints == ()
    assert resolve(f"fn f() {{ {macro}er!({OPEN}); }}").endpoints != ()


@pytest.mark.parametrize(
    "macro", ["panic", "unreachable", "todo", "unimplemented", "compile_error", "bail"]
)
def test_what_ends_a_path(macro: str) -> None:
    assert resolve(f"fn f() -> R {{ {macro}!(); give({OPEN}); }}").endpoints == ()
    code = f"fn f() -> R {{ if x {{ {macro}!() }} give({OPEN}); }}"
    assert values(one(code), "client_auth") == {"none"}


VERIFIER = """
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
struct Own { pins: P }
impl ClientCertVerifier for Own {
    fn verify_client_cert(&self, end: &C, mid: &[C], now: T) -> Result<ClientCertVerified, Error> {
        BODY
        Ok(ClientCertVerified::assertion())
    }
}
"""


@pytest.mark.parametrize(
    ("body", "chain"),
    [
        ("ensure!(self.pins.has(end));", None),
        ("ensure_eq!(self.pin, hash(end));", None),
        ("assert!(self.pins.has(end));", None),
        ("assert_eq!(self.pin, hash(end));", None),
        ("assert_ne!(self.bad, hash(end));", None),
        ("if !self.pins.has(end) { bail!(1); }", None),
        ("if !self.pins.has(end) { panic!(); }", None),
        ("r#try!(self.pins.check(end));", None),
        ("matches!(end, C { .. });", "unverified"),
        ('warn!("{}", self.pins.has(end));', "unverified"),
        ("debug_only!(self.pins);", "unverified"),
    ],
)
def test_what_may_fail(body: str, chain: str | None) -> None:
    assert value(one(VERIFIER.replace("BODY", body)), "client_chain") == chain


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("let all = [A, B]; all[1]", "optional"),
        ("let all = vec![A, B]; all[1]", "optional"),
        ("let all = smallvec![A, B]; all[1]", "optional"),
        ("let all = array![A, B]; all[1]", "optional"),
        ("let all = tokio::join!(A, B); all.1", "optional"),
        ("let all = try_join!(A, B); all.1", "optional"),
        ("let (a, b) = tokio::join!(A, B); b", "optional"),
        ("dbg!(B)", "optional"),
        ("let (a, b) = dbg!(A, B); b", "optional"),
        ("pin!(B)", "optional"),
        ("if matches!(1, 1) { B } else { A }", "optional"),
        ("if matches!(1, 2 | 3) { A } else { B }", "optional"),
        ("if matches!(1, n if n == 1) { B } else { A }", "optional"),
        ("if matches!(Some(1), Some(_)) { B } else { A }", "optional"),
        ("if matches!(Some(1), None,) { A } else { B }", "optional"),
        ("unknown!(A, B)", None),
    ],
)
def test_macros_with_a_value(code: str, found: str | None) -> None:
    code = code.replace("A", "Flags::PEER | Flags::FAIL_IF_NO_PEER_CERT", 1)
    code = code.replace("B", "Flags::PEER")
    files = (
        "use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode as Flags};\n"
        f"fn flags() -> Flags {{ {code} }}\nfn config() -> SslAcceptor {{ let mut b = "
        "SslAcceptor::mozilla_modern(SslMethod::tls()).unwrap(); b.set_verify(flags()); b.build() }"
    )
    assert value(one(files), "client_auth") == found


@pytest.mark.parametrize(
    ("marks", "test"),
    [
        *((f"#[{mark}]", True) for mark in ("test", "tokio::test", "rstest", "test_case(1)")),
        *((f"#[{mark}]", True) for mark in ("bench", "quickcheck", "proptest", "rstest::rstest")),
        ('#[tokio::test(flavor = "multi_thread")]', True),
        ("#[allow(dead_code)]\n#[test]", True),
        ("#[test]\n#[ignore]", True),
        ("#[testing]", False),
        ("#[tokio::main]", False),
        ("#[inline]", False),
        ("#[cfg_attr(test, inline)]", False),
    ],
)
def test_functions_of_tests(marks: str, test: bool) -> None:
    assert one(f"{marks}\nfn f() {{ give({OPEN}); }}").test_code is test


@pytest.mark.parametrize(
    ("path", "test"),
    [
        *((f"{folder}/tls.rs", True) for folder in ("tests", "benches", "test", "fuzz")),
        ("src/tests/tls.rs", True),
        *((f"src/{name}.rs", True) for name in ("test", "tests", "tls_test", "tls_tests")),
        ("src/test_tls.rs", True),
        *((f"src/{name}.rs", False) for name in ("tls", "latest", "testing", "attest_tls")),
        ("testing/tls.rs", False),
    ],
)
def test_files_of_tests(path: str, test: bool) -> None:
    assert one({"Cargo.toml": "", path: f"fn f() {{ give({OPEN}); }}"}).test_code is test


@pytest.mark.parametrize(
    "body",
    [
        '#[cfg(a)] { "127.0.0.1:1" } #[cfg(not(a))] { "0.0.0.0:1" }',
        '#[cfg(a)] if x() { "127.0.0.1:1" } else { "127.0.0.1:1" } #[cfg(not(a))] "0.0.0.0:1"',
        '#[cfg(a)] { "127.0.0.1:1" } #[cfg(not(a))] { drop(x); "0.0.0.0:1" }',
        '#[cfg(test)] { "127.0.0.3:1" } #[cfg(a)] { "127.0.0.1:1" } #[cfg(not(a))] "0.0.0.0:1"',
    ],
)
def test_a_block_is_worth_what_is_built_last(body: str) -> None:
    source = USES + SERVE.format(f"{{ {body} }}")
    assert values(one(source), "reach") == {"local", "network"}
