"""How Rust writes what rules want; `spelling/rust.yaml` holds the plain cases."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import TODAY
from mtlslint.config import Config
from mtlslint.edit import Edit
from mtlslint.engine import check
from mtlslint.files import MemoryFiles
from mtlslint.fixing import fix
from mtlslint.parsers.rust import language
from mtlslint.parsers.rust.sites import still_rust
from mtlslint.source import Source, Span
from repairs import judge_spelling, mend, mended, rules, spelling_cases

MAIN = "src/main.rs"
LAX, STRICT = "AllowAnyAnonymousOrAuthenticatedClient", "AllowAnyAuthenticatedClient"


@spelling_cases("rust")
def test_rust_is_written(rule: str, before: str, after: str | None, refused: bool) -> None:
    judge_spelling(MAIN, rule, before, after, refused)


RUSTLS = """\
use std::sync::Arc;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

fn config(roots: Arc<RootCertStore>, optional: bool, chain: C, key: K) -> R<ServerConfig> {
    let verifier = MADE;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}
fn lax(roots: Arc<RootCertStore>) -> V {
    WebPkiClientVerifier::builder(roots).allow_unauthenticated().build().unwrap()
}
fn strict(roots: Arc<RootCertStore>) -> V { WebPkiClientVerifier::builder(roots).build().unwrap() }
"""


def test_a_verifier_that_callers_choose_is_left_to_them() -> None:
    chosen = RUSTLS.replace("MADE", "if optional { lax(roots) } else { strict(roots) }")
    assert mended(chosen, "MTLS101", MAIN) is None
    early = RUSTLS.replace("MADE", "pick(roots, optional)") + (
        "fn pick(roots: Arc<RootCertStore>, optional: bool) -> V {\n"
        "    if !optional { return strict(roots); }\n    lax(roots)\n}\n"
    )
    assert mended(early, "MTLS101", MAIN) is None
    inside = RUSTLS.partition("fn lax")[0].replace("MADE", "pick(roots, optional)") + (
        "fn pick(roots: Arc<RootCertStore>, optional: bool) -> V {\n"
        "    let builder = WebPkiClientVerifier::builder(roots);\n"
        "    if !optional { return builder.build().unwrap(); }\n"
        "    builder.allow_unauthenticated().build().unwrap()\n}\n"
    )
    assert mended(inside, "MTLS101", MAIN) is None
    always = RUSTLS.replace("MADE", "lax(roots)")
    assert mended(always, "MTLS101", MAIN) == always.replace(".allow_unauthenticated()", "")


@pytest.mark.parametrize("crate", ["openssl", "boring"])
def test_another_function_of_the_same_type_is_named(crate: str) -> None:
    code = f"""\
use {crate}::ssl::{{SslAcceptor, SslMethod}};
fn acceptor() -> R<SslAcceptor> {{
    let b = SslAcceptor::mozilla_intermediate(SslMethod::tls())?;
    Ok(b.build())
}}
"""
    after = code.replace("mozilla_intermediate", "mozilla_intermediate_v5")
    assert mended(code, "MTLS201", MAIN) == after
    whole = code.replace("= Ssl", f"= {crate}::ssl::Ssl")
    assert mended(whole, "MTLS201", MAIN) == after.replace("= Ssl", f"= {crate}::ssl::Ssl")


OPENSSL = """\
use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};

fn acceptor() -> R<SslAcceptor> {
    let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    b.set_ca_file("ca.pem")?;
    Ok(b.build())
}
"""
BOTH = "SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT"


def test_flags_of_a_constant_and_under_another_name_are_found() -> None:
    code = OPENSSL.replace('set_ca_file("ca.pem")?', "set_verify(MODE)")
    code = code.replace("SslVerifyMode}", "SslVerifyMode as Mode}")
    code += "const MODE: Mode = Mode::PEER;\n"
    after = code.replace("Mode::PEER;", "Mode::PEER | Mode::FAIL_IF_NO_PEER_CERT;")
    assert mended(code, "MTLS101", MAIN) == after


def test_a_type_that_is_not_imported_is_named_by_its_module() -> None:
    code = OPENSSL.replace(", SslVerifyMode", "")
    after = mended(code, "MTLS104", MAIN)
    assert isinstance(after, str)
    full = BOTH.replace("Ssl", "openssl::ssl::Ssl")
    assert after.replace(f"    b.set_verify({full});\n", "") == code
    renamed = code.replace("openssl::ssl", "boring::ssl")
    assert "b.set_verify(boring::ssl::SslVerifyMode::PEER" in str(mended(renamed, "MTLS104", MAIN))
    assert mended(code.replace("openssl::ssl", "crate::tls"), "MTLS104", MAIN) is None


def test_a_type_of_another_library_is_not_taken_for_it() -> None:
    code = """\
use boring::ssl::{SslConnector, SslMethod};
use openssl::ssl::SslVersion;
fn open() -> R {
    let mut made = SslConnector::builder(SslMethod::tls())?;
    Ok(made.build())
}
"""
    added = "    made.set_min_proto_version(Some(boring::ssl::SslVersion::TLS1_2))?;\n"
    assert mended(code, "MTLS201", MAIN) == code.replace("?;\n", f"?;\n{added}")


def test_only_the_place_of_the_finding_is_mended() -> None:
    code = """\
use openssl::ssl::{SslConnector, SslMethod};
struct Reader { connector: SslConnector }
impl Reader {
    fn new() -> R<Reader> {
        Ok(Reader { connector: SslConnector::builder(SslMethod::tls())?.build() })
    }
    fn a(&self) -> R { self.connector.configure()?.verify_hostname(false).connect("a", socket) }
    fn b(&self) -> R { self.connector.configure()?.verify_hostname(false).connect("b", socket) }
}
"""
    held = MemoryFiles({MAIN: code.encode()})
    checked = partial(check, config=Config(profile="mtls"), catalogue=rules(), today=TODAY)
    first, second = (one for one in checked(held).findings if one.rule == "MTLS402")
    assert first.subjects == second.subjects
    made = fix(held, [second], checked, unsafe=True)
    before, after = code.rsplit("false", 1)
    assert made.contents[MAIN].decode() == f"{before}true{after}"


def test_what_would_not_be_rust_any_more_is_told() -> None:
    source = Source(MAIN, b"fn main() { f(1); }\n// \xff\n")
    span = Span(MAIN, 14, 15)
    assert still_rust(source, [Edit(span, b"2")])
    assert not still_rust(source, [Edit(span, b"(")])
    assert still_rust(source._replace(data=b"fn main() { f((; }"), [Edit(span, b"[")])


def test_a_type_is_named_as_its_neighbour_is() -> None:
    code = """\
use tokio_native_tls::native_tls;
fn open(host: &str) -> R {
    let made = native_tls::TlsConnector::builder().build()?;
    made.connect(host, socket)
}
"""
    step = ".min_protocol_version(Some(native_tls::Protocol::Tlsv12))"
    assert mended(code, "MTLS201", MAIN) == code.replace("builder()", f"builder(){step}")


@pytest.mark.parametrize(
    ("uses", "after"),
    [
        (f"server::{LAX}", f"server::{STRICT}"),
        (f"server::{{{LAX}, NoClientAuth}}", f"server::{{{STRICT}, NoClientAuth}}"),
        (f"server::{{{LAX}, {STRICT}}}", f"server::{{{STRICT}}}"),
        (f"server::{{{STRICT}, {LAX}}}", f"server::{{{STRICT}}}"),
        (f"server::{{\n    {LAX},\n    {STRICT},\n}}", f"server::{{\n    {STRICT},\n}}"),
    ],
)
def test_another_type_is_named_with_its_import(uses: str, after: str) -> None:
    code = f"""\
use rustls::{uses};
use rustls::ServerConfig;
// {LAX}
fn config(roots: R, chain: C, key: K) -> S {{
    let v = {LAX}::new(roots);
    ServerConfig::builder().with_safe_defaults().with_client_cert_verifier(v)
        .with_single_cert(chain, key).unwrap()
}}
"""
    wanted = code.replace(uses, after).replace(f"{LAX}::", f"{STRICT}::")
    assert mended(code, "MTLS101", MAIN) == wanted


def test_two_servers_of_one_type_are_mended_together() -> None:
    code = f"use rustls::server::{{{LAX} as Lax, ServerConfig}};\n"
    for name in ("one", "two"):
        code += (
            f"fn {name}(r: R, c: C, k: K) -> S {{\n    ServerConfig::builder().with_safe_defaults()"
            ".with_client_cert_verifier(Lax::new(r)).with_single_cert(c, k)\n}\n"
        )
    made = mend({MAIN: code.encode()}, "MTLS101")
    assert len(made.done) == 2
    assert made.contents[MAIN].decode() == code.replace(LAX, STRICT)


@pytest.mark.parametrize("order", ["client_ca_root(ca)%s", "%s.client_ca_root(ca)"])
def test_tonic_is_not_told_that_certificates_are_optional(order: str) -> None:
    call = order % ".client_auth_optional(true)"
    code = f"""\
use tonic::transport::{{Server, ServerTlsConfig}};
async fn run(ca: C) -> R {{
    let tls = ServerTlsConfig::new().{call.removeprefix(".")};
    Server::builder().tls_config(tls)?.add_service(s).serve("0.0.0.0:443".parse()?).await
}}
"""
    after = code.replace(".client_auth_optional(true)", "")
    assert mended(code, "MTLS101", MAIN) == after


BYTES = b"""\
use native_tls::TlsConnector;
// caf\xe9: danger_accept_invalid_certs(true)
fn open() -> R {
\tlet c = TlsConnector::builder()
\t\t.danger_accept_invalid_certs(true)
\t\t.build()?;
\tok(c)
}"""


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_the_form_of_a_file_is_kept(bom: bytes, newline: bytes) -> None:
    data = bom + BYTES.replace(b"\n", newline)
    lines = data.split(newline)
    assert mended(data, "MTLS401", MAIN) == newline.join([*lines[:4], *lines[5:]])


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_added_lines_end_as_the_others_do(newline: bytes) -> None:
    code = OPENSSL.encode().replace(b"\n", newline)
    after = mended(code, "MTLS104", MAIN)
    assert isinstance(after, bytes)
    added = f"    b.set_verify({BOTH});".encode() + newline
    assert added in after
    assert after.replace(added, b"") == code


def test_every_spelling_is_of_a_setting_that_the_row_speaks_of() -> None:
    api = language().api
    kinds = api.kinds.values()
    tables = [api.rows, *(kind.methods for kind in kinds), *(kind.fields for kind in kinds)]
    spelled = [row for table in tables for row in table.values() if row.spell]
    assert len(spelled) > 20
    for row in spelled:
        told = {
            *row.set,
            *row.default,
            *row.preset,
            *(key for case in row.cases for key in case.set),
        }
        told |= set(row.judge.set) if row.judge else set()
        told |= {"min_version"} if any(key.startswith("floor.") for key in told) else set()
        told |= {"client_auth"} if told & {"auth.optional", "client_auth_intent"} else set()
        assert set(row.spell) <= told


@settings(max_examples=30, deadline=None, derandomize=True)
@given(data=st.data())
def test_damaged_code_is_mended_once_or_not(data: st.DataObject) -> None:
    damaged = bytearray(RUSTLS.replace("MADE", "lax(roots)").encode())
    at = data.draw(st.integers(0, len(damaged)))
    pieces = st.sampled_from([b"", b"{", b'"', b"/*", b"(", b"\xff", b"!", b"\r"])
    damaged[at : at + data.draw(st.integers(0, 20))] = data.draw(pieces)
    once = mend({MAIN: bytes(damaged)}, "MTLS101")
    assert not mend({MAIN: once.contents.get(MAIN, bytes(damaged))}, "MTLS101").done
