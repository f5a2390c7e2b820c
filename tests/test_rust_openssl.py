"""openssl, boring, native-tls and HTTP clients: flags, floors, callbacks, switches."""

from __future__ import annotations

import pytest
from rust_project import one, resolve, text_at, value, values, where

OPENSSL = (
    "use openssl::ssl::{SslAcceptor, SslConnector, SslContext, SslFiletype, SslMethod, SslOptions,"
    " SslVerifyMode, SslVersion};\n"
)


def acceptor(body: str, preset: str = "mozilla_modern_v5", uses: str = OPENSSL) -> str:
    return (
        f"{uses}fn acceptor(mode: M) -> SslAcceptor {{\n"
        f"let mut b = SslAcceptor::{preset}(SslMethod::tls()).unwrap();\n{body}\nb.build() }}"
    )


@pytest.mark.parametrize(
    ("body", "auth", "intent"),
    [
        ("", "none", "none"),
        ("b.set_verify(SslVerifyMode::NONE);", "none", "none"),
        ("b.set_verify(SslVerifyMode::PEER);", "optional", "asked"),
        (
            "b.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);",
            "required",
            "asked",
        ),
        ("b.set_verify(SslVerifyMode::FAIL_IF_NO_PEER_CERT);", "none", "asked"),
        ("b.set_verify(SslVerifyMode::all());", "optional", "asked"),
        (
            "let mut m = SslVerifyMode::empty(); m.insert(SslVerifyMode::PEER);\n"
            "m.insert(SslVerifyMode::FAIL_IF_NO_PEER_CERT); b.set_verify(m);",
            "required",
            "asked",
        ),
        (
            "let mut m = SslVerifyMode::PEER; m |= SslVerifyMode::FAIL_IF_NO_PEER_CERT;\n"
            "b.set_verify(m);",
            "required",
            "asked",
        ),
        (
            "let mut m = SslVerifyMode::PEER; m.set(SslVerifyMode::FAIL_IF_NO_PEER_CERT, true);\n"
            "b.set_verify(m);",
            "required",
            "asked",
        ),
        (
            "b.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);\n"
            "b.set_verify(SslVerifyMode::NONE);",
            "none",
            "asked",
        ),
        ("b.set_verify(SslVerifyMode::from_bits(3).unwrap());", "required", "asked"),
        ("b.set_verify(SslVerifyMode::from_bits_truncate(0x01));", "optional", "asked"),
        ("b.set_verify(SslVerifyMode::from_bits_truncate(1 << 1));", "none", "asked"),
        ("b.set_verify(SslVerifyMode::from_bits(bits()).unwrap());", None, None),
        (
            "b.set_verify(SslVerifyMode::PEER.union(SslVerifyMode::FAIL_IF_NO_PEER_CERT));",
            "required",
            "asked",
        ),
        (
            "let bits = SslVerifyMode::PEER.bits() | SslVerifyMode::FAIL_IF_NO_PEER_CERT.bits();\n"
            "b.set_verify(SslVerifyMode::from_bits_retain(bits));",
            "required",
            "asked",
        ),
        ("b.set_verify(mode);", None, None),
        (
            "let m = SslVerifyMode::PEER; { let m = SslVerifyMode::NONE; log(m); };\n"
            "b.set_verify(m);",
            "optional",
            "asked",
        ),
        (
            "let m = SslVerifyMode::PEER; for m in others() { log(m); } b.set_verify(m);",
            "optional",
            "asked",
        ),
        (
            "let all = [SslVerifyMode::NONE, SslVerifyMode::PEER]; b.set_verify(all[1]);",
            "optional",
            "asked",
        ),
        ("let all = [SslVerifyMode::NONE, SslVerifyMode::PEER]; b.set_verify(all[2]);", None, None),
        ("let (_, m) = (1, SslVerifyMode::PEER); b.set_verify(m);", "optional", "asked"),
        (
            "let m = Some(SslVerifyMode::PEER); if let Some(ref n) = m { b.set_verify(*n); }",
            "optional",
            "asked",
        ),
        (
            "if let Some(mut n) = Some(SslVerifyMode::NONE) { n |= SslVerifyMode::PEER;\n"
            "b.set_verify(n); }",
            "optional",
            "asked",
        ),
        (
            "match 1 { n @ 1 => b.set_verify(SslVerifyMode::from_bits(n).unwrap()), _ => () };",
            "optional",
            "asked",
        ),
        (";; b.set_verify(SslVerifyMode::PEER);", "optional", "asked"),
        ("const MODE: M = SslVerifyMode::PEER; b.set_verify(MODE);", "optional", "asked"),
        (
            "struct Pair { first: M, second: M } let m = SslVerifyMode::PEER;\n"
            "let Pair { second: n, .. } = Pair { first: SslVerifyMode::NONE, second: m };\n"
            "b.set_verify(n);",
            "optional",
            "asked",
        ),
        (
            "struct Pair { m: M } let Pair { m } = Pair { m: SslVerifyMode::PEER };\n"
            "b.set_verify(m);",
            "optional",
            "asked",
        ),
        (
            "struct Two { m: M, n: M } let two = Two { m: SslVerifyMode::PEER, n: other() };\n"
            "let three = Two { n: SslVerifyMode::NONE, ..two }; b.set_verify(three.m);",
            "optional",
            "asked",
        ),
        ("let m = loop { break SslVerifyMode::PEER; }; b.set_verify(m);", "optional", "asked"),
        (
            "let m = None.map(strict).unwrap_or(SslVerifyMode::PEER); b.set_verify(m);",
            "optional",
            "asked",
        ),
        (
            "b.set_verify(Some(SslVerifyMode::PEER).map_or(SslVerifyMode::NONE, |m| m));",
            "optional",
            "asked",
        ),
        ("harden(&mut b);", None, None),
        ('b.set_ca_file("ca.pem");', "none", "asked"),
        ("b.set_verify_depth(2);", "none", "asked"),
        ("b.set_verify_cert_store(store())?;", "none", "asked"),
        ("b.cert_store_mut().add_cert(intermediate());", "none", "none"),
    ],
)
def test_modes(body: str, auth: str | None, intent: str | None) -> None:
    endpoint = one(acceptor(body))
    assert value(endpoint, "client_auth") == auth
    if intent is not None:
        assert value(endpoint, "client_auth_intent") == intent


def test_boring_has_no_post_handshake_bit() -> None:
    uses = "use boring::ssl::{SslAcceptor, SslMethod, SslVerifyMode};\n"
    body = "b.set_verify(SslVerifyMode::all());"
    endpoint = one(acceptor(body, "mozilla_intermediate_v5", uses))
    assert value(endpoint, "client_auth") == "required"


def test_an_optional_bit_makes_two_states() -> None:
    body = (
        "let mut m = SslVerifyMode::PEER;\n"
        "if strict { m |= SslVerifyMode::FAIL_IF_NO_PEER_CERT; }\nb.set_verify(m);"
    )
    assert values(one(acceptor(body)), "client_auth") == {"optional", "required"}


def test_a_helper_of_the_file_is_followed() -> None:
    files = acceptor("harden(&mut b);") + (
        "fn harden(b: &mut openssl::ssl::SslAcceptorBuilder) { b.set_verify(SslVerifyMode::PEER); }"
    )
    assert value(one(files), "client_auth") == "optional"


def test_a_helper_alone_tells_what_it_sets() -> None:
    files = OPENSSL + (
        "pub fn harden(b: &mut openssl::ssl::SslAcceptorBuilder) "
        "{ b.set_verify(SslVerifyMode::PEER); }"
    )
    endpoint = one(files)
    assert value(endpoint, "client_auth") == "optional"
    assert "min_version" not in endpoint.states[0]


@pytest.mark.parametrize(
    ("closure", "chain"),
    [
        ("|_, _| true", "unverified"),
        ('|_ok, ctx| { log::info!("{:?}", ctx); true }', "unverified"),
        ("|ok, _| ok", "verified"),
        ("|ok, ctx| ok && named(ctx)", None),
        ("|ok, ctx| if ok { named(ctx) } else { false }", None),
        ("accept_all", "unverified"),
        ("elsewhere::check", None),
    ],
)
def test_callbacks(closure: str, chain: str | None) -> None:
    body = (
        "b.set_verify_callback(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT, "
        f"{closure});"
    )
    files = acceptor(body) + "fn accept_all(_: bool, _: &mut C) -> bool { true }"
    endpoint = one(files)
    assert value(endpoint, "client_chain") == chain
    assert value(endpoint, "client_auth") == "required"


@pytest.mark.parametrize(
    ("preset", "body", "floor", "origin"),
    [
        ("mozilla_modern_v5", "", "TLSv1.3", "preset"),
        ("mozilla_intermediate_v5", "", "TLSv1.2", "preset"),
        ("mozilla_modern", "", "TLSv1.2", "preset"),
        ("mozilla_intermediate", "", "TLSv1", "default"),
        (
            "mozilla_intermediate",
            "b.set_min_proto_version(Some(SslVersion::TLS1_2)).unwrap();",
            "TLSv1.2",
            "explicit",
        ),
        (
            "mozilla_intermediate",
            "b.set_options(SslOptions::NO_TLSV1); b.set_options(SslOptions::NO_TLSV1_1);",
            "TLSv1.2",
            "explicit",
        ),
        ("mozilla_intermediate", "b.set_options(SslOptions::NO_TLSV1);", "TLSv1", "default"),
        ("mozilla_modern_v5", "b.set_min_proto_version(None).unwrap();", "TLSv1", "explicit"),
        (
            "mozilla_intermediate",
            "b.set_min_proto_version(Some(SslVersion::TLS1)).unwrap();",
            "TLSv1",
            "explicit",
        ),
        ("mozilla_intermediate", "b.set_min_proto_version(floor).unwrap();", None, "explicit"),
    ],
)
def test_floors(preset: str, body: str, floor: str | None, origin: str) -> None:
    (state,) = one(acceptor(body, preset)).states
    assert (state["min_version"].value, state["min_version"].origin.value) == (floor, origin)


def test_a_ca_without_a_mode_points_to_the_ca() -> None:
    files = acceptor('b.set_ca_file("ca.pem");')
    assert where(files, one(files), "client_auth", "none") == 'set_ca_file("ca.pem")'


def test_a_bare_context_takes_its_side_from_its_use() -> None:
    files = OPENSSL + (
        "fn serve(s: S) { let mut c = SslContext::builder(SslMethod::tls()).unwrap();\n"
        "c.set_verify(SslVerifyMode::PEER); let c = c.build();\n"
        "let ssl = openssl::ssl::Ssl::new(&c).unwrap(); ssl.accept(s); }"
    )
    assert value(one(files), "client_auth") == "optional"
    assert one(files.replace("ssl.accept", "ssl.connect"), "client").states


@pytest.mark.parametrize(
    ("body", "chain"),
    [("", "verified"), ("b.set_verify(SslVerifyMode::NONE);", "unverified")],
)
def test_connectors(body: str, chain: str) -> None:
    files = OPENSSL + (
        "fn connector() -> SslConnector {\n"
        f"let mut b = SslConnector::builder(SslMethod::tls()).unwrap();\n{body}\nb.build() }}"
    )
    endpoint = one(files, "client")
    assert value(endpoint, "peer_chain") == chain
    assert value(endpoint, "min_version") == "TLSv1"
    assert text_at(files, endpoint.states[0]["min_version"]).startswith("SslConnector::builder")


@pytest.mark.parametrize(
    ("version", "floor"), [((0, 2, 11), "TLSv1"), ((0, 2, 15), "TLSv1.2"), ((0, 2, 18), "TLSv1.2")]
)
def test_native_tls_floor_depends_on_the_version(version: tuple[int, ...], floor: str) -> None:
    files = "fn f(i: I) -> A { native_tls::TlsAcceptor::builder(i).build().unwrap() }"
    endpoint = one(files, native_tls=version)
    assert value(endpoint, "min_version") == floor
    assert value(endpoint, "client_auth") == "none"


def test_native_tls_through_tokio() -> None:
    files = (
        "use tokio_native_tls::native_tls::{self, Protocol};\nfn f(i: I) -> A {\n"
        "let a = native_tls::TlsAcceptor::builder(i)"
        ".min_protocol_version(Some(Protocol::Tlsv10)).build()?;\n"
        "tokio_native_tls::TlsAcceptor::from(a) }"
    )
    (state,) = one(files).states
    assert (state["min_version"].value, state["min_version"].origin.value) == ("TLSv1", "explicit")


@pytest.mark.parametrize(
    ("argument", "chain"),
    [
        ("true", {"unverified"}),
        ("false", {"verified"}),
        ("insecure", {None}),
        ("!args.verify", {None}),
        ("cfg!(debug_assertions)", {"verified"}),
        ("self.insecure.unwrap_or(false)", {None}),
    ],
)
@pytest.mark.parametrize(
    "builder",
    ["reqwest::Client::builder()", "native_tls::TlsConnector::builder()"],
)
def test_switches(builder: str, argument: str, chain: set[object]) -> None:
    files = f"fn f() -> C {{ {builder}.danger_accept_invalid_certs({argument}).build().unwrap() }}"
    assert values(one(files, "client"), "peer_chain") == chain


def test_a_literal_switch_behind_a_flag_is_a_state() -> None:
    files = (
        "fn f(insecure: bool) -> C { let mut b = reqwest::Client::builder();\n"
        "if insecure { b = b.danger_accept_invalid_certs(true); } b.build().unwrap() }"
    )
    assert values(one(files, "client"), "peer_chain") == {"unverified", "verified"}


def test_sqlx_require_takes_any_certificate() -> None:
    files = (
        "use sqlx::postgres::{PgConnectOptions, PgSslMode};\n"
        "fn f() -> O { PgConnectOptions::new().ssl_mode(PgSslMode::Require) }"
    )
    (state,) = one(files, "client").states
    assert (state["peer_chain"].value, state["peer_chain"].origin.value) == (
        "unverified",
        "default",
    )


def test_strings_and_comments_set_nothing() -> None:
    assert resolve('fn f() { log("SslVerifyMode::NONE"); /* set_verify(NONE) */ }').endpoints == ()


STRICT = "b.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);\n"


@pytest.mark.parametrize(
    ("callback", "auths"),
    [
        ("|ssl, _| { ssl.set_verify(SslVerifyMode::NONE); Ok(()) }", {"none"}),
        (
            "|ssl, _| { if known(ssl.servername(N)) { ssl.set_verify(SslVerifyMode::PEER) }\n"
            "Ok(()) }",
            {"optional", "required"},
        ),
        ("|ssl, _| { ssl.set_ssl_context(&other()); Ok(()) }", {"required"}),
        ("|ssl, _| { log(ssl.servername(N)); Ok(()) }", {"required"}),
    ],
)
def test_what_happens_for_each_connection(callback: str, auths: set[object]) -> None:
    endpoint = one(acceptor(f"{STRICT}b.set_servername_callback({callback});"))
    assert values(endpoint, "client_auth") == auths


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('b.set_cipher_list(concat!("ECDHE+AESGCM:", "RC4-SHA"))?;', "weak"),
        ('b.set_cipher_list(&["ECDHE+AESGCM", "RC4-SHA"].join(":"))?;', "weak"),
        ('b.set_cipher_list(&["ECDHE+AESGCM", "ECDHE+CHACHA20"].join(":"))?;', "strong"),
        ('b.set_cipher_list(&[first(), "RC4-SHA"].join(":"))?;', None),
        ('b.set_cipher_list("HIGH:!MD5")?;', "strong"),
        ('b.set_cipher_list("HIGH:!MD5")?; b.set_security_level(0);', "weak"),
        ('b.set_security_level(0); b.set_cipher_list("HIGH:!aNULL")?;', "strong"),
        ('b.set_security_level(1); b.set_cipher_list("HIGH:!MD5")?;', "strong"),
        ("b.set_security_level(0);", "missing"),
    ],
)
def test_cipher_lists(body: str, found: str | None) -> None:
    assert value(one(acceptor(body)), "ciphers") == found


@pytest.mark.parametrize(
    ("preset", "body", "floor"),
    [
        ("mozilla_intermediate_v5", "b.clear_options(SslOptions::NO_TLSV1);", "TLSv1"),
        ("mozilla_intermediate_v5", "b.clear_options(SslOptions::NO_TLSV1_1);", "TLSv1.1"),
        ("mozilla_intermediate_v5", "b.clear_options(SslOptions::NO_TICKET);", "TLSv1.2"),
        ("mozilla_modern_v5", "b.clear_options(SslOptions::NO_TLSV1);", "TLSv1.3"),
    ],
)
def test_options_that_are_cleared(preset: str, body: str, floor: str) -> None:
    assert value(one(acceptor(body, preset)), "min_version") == floor


X509 = "use openssl::x509::{store::X509StoreBuilder, verify::X509VerifyFlags};\n"
STORE = "let mut s = X509StoreBuilder::new().unwrap();\n"


@pytest.mark.parametrize(
    ("body", "revocation", "trust"),
    [
        ("", "none", "missing"),
        (f"{STORE}s.add_cert(ca()); b.set_cert_store(s.build());", "none", None),
        (f"{STORE}s.set_default_paths(); b.set_cert_store(s.build());", "none", "public"),
        (
            f"{STORE}s.set_flags(X509VerifyFlags::CRL_CHECK | X509VerifyFlags::CRL_CHECK_ALL);\n"
            "b.set_verify_cert_store(s.build());",
            "crl",
            "missing",
        ),
        (f"{STORE}s.set_flags(flags()); b.set_cert_store(s.build());", None, "missing"),
        ("b.set_cert_store(store());", None, "missing"),
        ("b.verify_param_mut().set_flags(X509VerifyFlags::CRL_CHECK);", "crl", "missing"),
    ],
)
def test_stores(body: str, revocation: str | None, trust: str | None) -> None:
    endpoint = one(acceptor(STRICT + body, uses=OPENSSL + X509))
    assert value(endpoint, "revocation") == revocation
    assert value(endpoint, "client_ca") == trust


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("", "", "unverified"),
        ("ssl.param_mut().set_host(name)?;", "", "verified"),
        ("", "check(stream.ssl().peer_certificate());", None),
    ],
)
def test_a_connection_made_by_hand(before: str, after: str, name: str | None) -> None:
    code = (
        "use openssl::ssl::{Ssl, SslContext, SslMethod, SslVerifyMode};\n"
        "fn connect(s: S) -> Result<()> { let mut b = SslContext::builder(SslMethod::tls())?;\n"
        "b.set_verify(SslVerifyMode::PEER); let mut ssl = Ssl::new(&b.build())?;\n"
        f"{before} let stream = ssl.connect(s)?; {after} Ok(()) }}"
    )
    client = one(code, side="client")
    assert (value(client, "peer_chain"), value(client, "peer_name")) == ("verified", name)


@pytest.mark.parametrize(
    ("code", "floor"),
    [
        ("b.supported_protocols(&[Protocol::Tlsv10, Protocol::Tlsv12]);", "TLSv1"),
        ("b.supported_protocols(&[Protocol::Tlsv12]);", "TLSv1.2"),
        ("b.builder_mut().set_verify(SslVerifyMode::PEER);", None),
    ],
)
def test_native_tls_01(code: str, floor: str | None) -> None:
    document = resolve(
        "use native_tls::{Protocol, TlsAcceptor};\nfn a(id: I) -> TlsAcceptor {\n"
        f"let mut b = TlsAcceptor::builder(id).unwrap(); {code} b.build().unwrap() }}"
    )
    assert document.misuses == ()
    assert value(document.endpoints[0], "min_version") == floor


@pytest.mark.parametrize(
    ("calls", "floor"),
    [
        (".min_tls_version(Version::TLS_1_0)", "TLSv1"),
        (".min_tls_version(Version::TLS_1_0).use_rustls_tls()", "TLSv1.2"),
        (".tls_backend_rustls().tls_version_min(Version::TLS_1_3)", "TLSv1.3"),
        ("", "missing"),
    ],
)
def test_reqwest_on_rustls_has_its_floor(calls: str, floor: str) -> None:
    code = (
        "use reqwest::{tls::Version, Client};\n"
        f"fn c() -> Client {{ Client::builder(){calls}.build().unwrap() }}"
    )
    assert value(one(code, side="client"), "min_version") == floor


def test_reqwest_stands_on_rustls_since_013() -> None:
    code = (
        "use reqwest::{tls::Version, Client};\nfn c() -> Client {\n"
        "Client::builder().min_tls_version(Version::TLS_1_0).build().unwrap() }"
    )
    floors = [
        value(one(code, side="client", reqwest=version), "min_version")
        for version in ((0, 12, 9), (0, 13, 0))
    ]
    assert floors == ["TLSv1", "TLSv1.2"]


def test_a_name_that_if_let_binds_is_gone_after_it() -> None:
    body = """
    let mode = SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT;
    if let Some(mode) = Some(SslVerifyMode::NONE) { log(mode); }
    b.set_verify(mode);
    """
    text = f"""use openssl::ssl::*;
    pub fn acceptor() -> SslAcceptor {{
        let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
        {body}
        b.build()
    }}"""
    assert value(one(text), "client_auth") == "required"


def test_few_paths_are_followed_through_what_has_too_many() -> None:
    choices = "\n".join(
        f"    if options.choice{number}() {{ builder.{setter}?; }}"
        for number, setter in enumerate(
            [
                "set_certificate_chain_file(FILE)",
                'set_cipher_list("ECDHE+AESGCM")',
                "set_max_proto_version(Some(SslVersion::TLS1_2))",
                "set_security_level(2)",
                'set_ca_file("extra.pem")',
            ]
        )
    )
    talk = "\n".join(
        "    report(options.target().host(), options.target().port());" for _ in range(400)
    )
    code = f"""
use openssl::ssl::{{SslConnector, SslMethod, SslVerifyMode, SslVersion}};
fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let options = Options::parse();
    let mut builder = SslConnector::builder(SslMethod::tls())?;
{choices}
{talk}
    if options.no_verify() {{ builder.set_verify(SslVerifyMode::NONE); }}
    builder.build().connect(options.target().host(), dial()?)?;
    Ok(())
}}
"""
    found = resolve(code).endpoints
    assert {state["peer_chain"].value for one in found for state in one.states} >= {"unverified"}
