"""The program's own verifiers, judged by what they do."""

from __future__ import annotations

import pytest
from rust_project import one, resolve, text_at, value, values

SIGNATURES = """
    fn verify_tls12_signature(&self, m: &[u8], c: &C, d: &D) -> R {
        verify_tls12_signature(m, c, d, &self.algorithms)
    }
"""


def client_verifier(check: str, more: str = "", fields: str = "inner: Arc<dyn X>") -> str:
    return f"""
use rustls::server::danger::{{ClientCertVerified, ClientCertVerifier}};
#[derive(Debug)]
pub struct Checker {{ {fields} }}
impl ClientCertVerifier for Checker {{
    {more}
    fn verify_client_cert(&self, end: &C, mid: &[C], now: T) -> Result<ClientCertVerified, Error> {{
        {check}
    }}
    {SIGNATURES}
}}
"""


def server_verifier(check: str, more: str = "") -> str:
    return f"""
use rustls::client::danger::{{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier}};
struct Checker {{ inner: Arc<WebPkiServerVerifier> }}
impl ServerCertVerifier for Checker {{
    fn verify_server_cert(&self, end: &C, mid: &[C], name: &N, ocsp: &[u8], now: T) -> R {{
        {check}
    }}
    {more}
}}
"""


ASSERT = "Ok(ClientCertVerified::assertion())"


@pytest.mark.parametrize(
    ("check", "chain"),
    [
        (ASSERT, "unverified"),
        (f'log::debug!("{{}}", end.len()); let _ = now; {ASSERT}', "unverified"),
        (f"return {ASSERT};", "unverified"),
        (f'if end.len() > 5 {{ warn!("long"); }} {ASSERT}', "unverified"),
        ("accept()", "unverified"),
        (f"if !self.pins.contains(end) {{ return Err(Error::General); }} {ASSERT}", None),
        (f"self.inner.verify_client_cert(end, mid, now)?; {ASSERT}", None),
        ("self.inner.verify_client_cert(end, mid, now)", None),
        (f"match self.pins.get(end) {{ Some(_) => {ASSERT}, None => Err(Error::General) }}", None),
        (f"let cert = parse(end)?; check(cert); {ASSERT}", None),
        (f"assert!(self.pins.contains(end)); {ASSERT}", None),
        (
            f"if self.open {{ {ASSERT} }} else {{ self.inner.verify_client_cert(end, mid, now) }}",
            None,
        ),
        (f"pinned(end)?; {ASSERT}", None),
        (f"nothing(end)?; {ASSERT}", "unverified"),
    ],
)
def test_chain(check: str, chain: str | None) -> None:
    files = client_verifier(check) + (
        f"fn accept() -> Result<ClientCertVerified, Error> {{ {ASSERT} }}\n"
        "fn pinned(c: &C) -> Result<(), Error> { if c.ok() { Ok(()) } else { Err(Error::A) } }\n"
        "fn nothing(c: &C) -> Result<(), Error> { Ok(()) }"
    )
    endpoint = one(files)
    assert value(endpoint, "client_chain") == chain
    assert text_at(files, endpoint.states[0]["client_chain"]) == "verify_client_cert"


@pytest.mark.parametrize(
    ("more", "auth"),
    [
        ("", "required"),
        ("fn client_auth_mandatory(&self) -> bool { false }", "optional"),
        ("fn client_auth_mandatory(&self) -> Option<bool> { Some(false) }", "optional"),
        ("fn client_auth_mandatory(&self) -> bool { true }", "required"),
        ("fn client_auth_mandatory(&self) -> bool { REQUIRED }", "optional"),
        ("fn client_auth_mandatory(&self) -> bool { self.required }", None),
        ("fn client_auth_mandatory(&self) -> bool { self.inner.client_auth_mandatory() }", None),
        ("fn offer_client_auth(&self) -> bool { false }", "none"),
        ("fn offer_client_auth(&self) -> bool { true }", "required"),
    ],
)
def test_client_auth(more: str, auth: str | None) -> None:
    files = "const REQUIRED: bool = false;\n" + client_verifier(ASSERT, more)
    endpoint = one(files)
    assert value(endpoint, "client_auth") == auth
    assert value(endpoint, "client_auth_intent") == ("none" if auth == "none" else "asked")


def install(expression: str) -> str:
    return (
        "use rustls::ServerConfig;\npub fn config() -> ServerConfig {\n"
        f"ServerConfig::builder().with_client_cert_verifier({expression})"
        ".with_single_cert(chain(), key()).unwrap() }"
    )


@pytest.mark.parametrize(("literal", "auth"), [("true", "required"), ("false", "optional")])
def test_a_field_is_what_the_constructor_was_given(literal: str, auth: str) -> None:
    more = "fn client_auth_mandatory(&self) -> bool { self.required }"
    files = client_verifier("self.inner.verify_client_cert(end, mid, now)", more, "required: bool")
    files += install(f"Arc::new(Checker {{ required: {literal} }})")
    assert value(one(files), "client_auth") == auth


def test_whoever_installs_it_takes_its_settings() -> None:
    more = "fn client_auth_mandatory(&self) -> bool { false }"
    files = client_verifier(ASSERT, more, "") + install("Arc::new(Checker {})")
    endpoint = one(files)
    assert value(endpoint, "client_chain") == "unverified"
    assert value(endpoint, "client_auth") == "optional"
    assert text_at(files, endpoint.states[0]["client_auth"]) == "client_auth_mandatory"


def test_installed_through_its_constructor() -> None:
    files = client_verifier(ASSERT) + install("Arc::new(Checker::new(x))")
    files += "impl Checker { fn new(inner: X) -> Self { Self { inner } } }"
    assert value(one(files), "client_chain") == "unverified"


def test_a_delegate_takes_the_inner_ones_answers() -> None:
    more = "fn client_auth_mandatory(&self) -> bool { self.inner.client_auth_mandatory() }"
    files = client_verifier("self.inner.verify_client_cert(end, mid, now)", more)
    files += install(
        "Arc::new(Checker { inner: rustls::server::WebPkiClientVerifier::builder(roots)"
        ".allow_unauthenticated().build().unwrap() })"
    )
    endpoint = one(files)
    assert value(endpoint, "client_auth") == "optional"
    assert value(endpoint, "client_chain") == "verified"


def test_old_traits_with_other_signatures() -> None:
    files = """
use rustls::{ClientCertVerified, ClientCertVerifier, TLSError};
struct Any;
impl ClientCertVerifier for Any {
    fn client_auth_mandatory(&self, _sni: Option<&DNSName>) -> Option<bool> { Some(false) }
    fn verify_client_cert(&self, _c: &[C], _sni: Option<&D>) -> Verified {
        Ok(ClientCertVerified::assertion())
    }
}
"""
    endpoint = one(files)
    assert value(endpoint, "client_auth") == "optional"
    assert value(endpoint, "client_chain") == "unverified"


TRUST = "Ok(ServerCertVerified::assertion())"


@pytest.mark.parametrize(
    ("check", "chain", "name"),
    [
        (TRUST, "unverified", "unverified"),
        ("self.inner.verify_server_cert(end, mid, name, ocsp, now)", None, "missing"),
        (f"self.check(end)?; {TRUST}", None, "missing"),
        (
            "match self.inner.verify_server_cert(end, mid, name, ocsp, now) {\n"
            "Err(Error::InvalidCertificate(CertificateError::NotValidForName)) => " + TRUST + ",\n"
            "other => other }",
            "verified",
            "unverified",
        ),
        (
            "if let Err(e) = self.inner.verify_server_cert(end, mid, name, ocsp, now) "
            '{ warn!("{e}"); }\n' + TRUST,
            "unverified",
            "unverified",
        ),
    ],
)
def test_server_verifiers(check: str, chain: str | None, name: str) -> None:
    endpoint = one(server_verifier(check), "client")
    assert value(endpoint, "peer_chain") == chain
    assert value(endpoint, "peer_name") == name


def test_signatures() -> None:
    more = "fn verify_tls13_signature(&self, m: M, c: C, d: D) -> R {\n    {}\n}}"
    for body, wanted in (
        ("Ok(HandshakeSignatureValid::assertion())", "unverified"),
        ("verify(m, c, d)", "missing"),
    ):
        files = server_verifier(TRUST, more.replace("{}", body, 1).replace("}}", "}"))
        assert value(one(files, "client"), "handshake_signature") == wanted


def test_a_server_verifier_set_on_a_finished_config() -> None:
    files = server_verifier(TRUST) + (
        "fn client() -> rustls::ClientConfig {\n"
        "let mut c = rustls::ClientConfig::builder().with_root_certificates(r)"
        ".with_no_client_auth();\n"
        "c.dangerous().set_certificate_verifier(Arc::new(Checker { inner: x }));\nc }"
    )
    assert value(one(files, "client"), "peer_chain") == "unverified"


def test_a_look_alike_trait_is_not_rustls() -> None:
    files = client_verifier(ASSERT).replace("rustls::server::danger", "crate::own")
    files += "pub trait ClientCertVerifier {}"
    assert resolve(files).endpoints == ()


@pytest.mark.parametrize(
    ("trait", "side", "setting"),
    [
        ("server::danger::ClientVerifier", "server", "client_chain"),
        ("client::danger::ServerVerifier", "client", "peer_chain"),
    ],
)
@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("Ok(VerifiedIdentity::assertion(i))", "unverified"),
        ("self.inner.verify_identity(i)", None),
        ("check(i)?; Ok(VerifiedIdentity::assertion(i))", None),
    ],
)
def test_rustls_024_has_other_names(
    trait: str, side: str, setting: str, body: str, verdict: str | None
) -> None:
    name = trait.rpartition("::")[2]
    code = (
        f"use rustls::{trait};\nuse rustls::VerifiedIdentity;\nstruct Own {{ inner: I }}\n"
        f"impl {name} for Own {{ fn verify_identity(&self, i: &X) -> Result<VerifiedIdentity, E>\n"
        f"{{ {body} }} }}"
    )
    assert value(one(code, side=side), setting) == verdict


def test_a_function_is_followed_for_the_verifier_that_it_gives_however_long_it_is() -> None:
    talk = "\n".join(
        f'    println!("line {{}} of the warning", {line} + asked.len());' for line in range(20)
    )
    maker = f"""
use std::sync::Arc;
pub fn verifier(asked: &str, inner: Arc<WebPkiServerVerifier>) -> Arc<dyn ServerCertVerifier> {{
    if asked == "no check" {{
{talk}
        return Arc::new(Checker {{ inner }});
    }}
    inner
}}
pub fn config(asked: &str, inner: Arc<WebPkiServerVerifier>) -> rustls::ClientConfig {{
    rustls::ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(verifier(asked, inner))
        .with_no_client_auth()
}}
"""
    client = one(server_verifier("Ok(ServerCertVerified::assertion())") + maker, "client")
    assert values(client, "peer_chain") == {"unverified", None}


ASKED = "self.inner.verify_client_cert(end, mid, now)"


@pytest.mark.parametrize(
    "check",
    [
        "let r = ASKED; if r.is_err() { warn!(1); } YES",
        "ASKED.or_else(|_| YES)",
        "ASKED.or(YES)",
        "let _ = ASKED; YES",
        "ASKED.ok(); YES",
        "match ASKED { Ok(v) => Ok(v), Err(e) => YES }",
        "match ASKED { Err(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => YES, "
        "r => r }",
        "for p in self.pins { if p == end { return YES; } } YES",
        '#[cfg(feature = "lax")] return YES; ASKED',
        "while !self.done() { self.wait(); } YES",
        "self.verify(end); YES",
        "self.pins.get(end).map_or(YES, |_| YES)",
        "self.pins.get(end).map_or_else(|| YES, |_| YES)",
        "if end.is_empty() { YES } else { log(end); YES }",
    ],
)
def test_answers_that_are_not_heeded(check: str) -> None:
    assert verdict(check) == {"unverified"}


@pytest.mark.parametrize(
    "check",
    [
        "if self.pins.is_empty() { return YES; } ASKED",
        "match self.mode { Mode::Open => YES, Mode::Strict => ASKED }",
        "let r = ASKED; if r.is_err() { return r; } YES",
        "ASKED.map(|_| ClientCertVerified::assertion())",
        "ASKED.and_then(|_| YES)",
        "ASKED.unwrap(); YES",
        'ASKED.expect("one of ours"); YES',
        "match ASKED { Ok(v) => Ok(v), Err(e) => { warn!(1); Err(e) } }",
        "match ASKED { Err(Error::InvalidCertificate(CertificateError::Expired)) => YES, r => r }",
        "for p in self.pins { if p == end { return YES; } } Err(Error::General)",
        "let ok = self.pins.iter().any(|p| p == end); if ok { YES } else { Err(Error::General) }",
        "self.pins.find(end).map(|_| ClientCertVerified::assertion()).ok_or(Error::General)",
        "self.pins.get(end).map_or(Err(E), |_| YES)",
        "self.pins.get(end).map_or_else(|| Err(E), |_| YES)",
        "self.pins.get(end).map(|_| YES).unwrap_or(Err(E))",
        "self.pins.get(end).map(|_| YES).unwrap_or_else(|| ASKED)",
        "self.pins.get(end).ok_or(E).and_then(|_| YES)",
        "(self.check)(end)?; YES",
        "let Some(p) = self.pins.get(end) else { return Err(Error::General) }; YES",
        "let Ok(p) = parse(end) else { return YES }; ASKED",
        "if LAX { return YES; } ASKED",
        "if !self.pins.has(end) { panic!(); } YES",
        "if !self.pins.has(end) { unreachable!() } YES",
        "end.verify_for_usage(a, b, c)?; YES",
        "self.verify(end)?; YES",
        "todo!()",
        "Err(Error::General)",
    ],
)
def test_answers_that_may_be_heeded(check: str) -> None:
    assert verdict(check) == {None}


def verdict(check: str) -> set[object]:
    """Return what a verifier says of chains that checks so."""
    check = check.replace("ASKED", ASKED).replace("YES", ASSERT)
    more = (
        "const LAX: bool = false;\nimpl Checker { fn verify(&self, c: &C) -> Result<(), Error> "
        "{ if self.n > 1 { Err(Error::A) } else { Ok(()) } } }"
    )
    return {state["client_chain"].value for state in one(client_verifier(check) + more).states}
