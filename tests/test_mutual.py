"""Clients of programs that require certificates themselves."""

from __future__ import annotations

import pytest
from mtlslint.catalogue import load_rules
from mtlslint.model import Endpoint
from rust_project import USES, resolve, value

STORE = """
fn roots(path: &str) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    for cert in rustls::pki_types::CertificateDer::pem_file_iter(path).unwrap() {
        roots.add(cert.unwrap()).unwrap();
    }
    roots
}
"""
REQUIRED = 'WebPkiClientVerifier::builder(Arc::new(roots("clients.pem")))'
SERVER = f"""fn server() -> ServerConfig {{
    let v = {REQUIRED}.build().unwrap();
    ServerConfig::builder().with_client_cert_verifier(v).with_single_cert(a(), b()).unwrap()
}}
"""


def client(body: str, server: str = SERVER, params: str = "") -> Endpoint:
    code = f"{USES}{STORE}{server}fn client({params}) -> X {{ {body} }}"
    (found,) = [one for one in resolve(code).endpoints if one.side == "client"]
    return found


OWN_CA = 'ClientConfig::builder().with_root_certificates(roots("services.pem"))'


@pytest.mark.parametrize(
    ("body", "intent"),
    [
        (f"{OWN_CA}.with_no_client_auth()", "meant"),
        (f"{OWN_CA}.with_client_auth_cert(chain(), key()).unwrap()", "missing"),
        ("ClientConfig::builder().with_native_roots().with_no_client_auth()", "missing"),
        (
            "ClientConfig::builder().with_root_certificates("
            'roots("/etc/ssl/certs/ca-certificates.crt")).with_no_client_auth()',
            "missing",
        ),
        ("ClientConfig::builder().with_root_certificates(given).with_no_client_auth()", "missing"),
        ("tonic::transport::ClientTlsConfig::new().ca_certificate(ca())", "meant"),
        ("tonic::transport::ClientTlsConfig::new().ca_certificate(ca()).identity(i())", "missing"),
        ("tonic::transport::ClientTlsConfig::new().with_enabled_roots()", "missing"),
        ("reqwest::Client::builder().tls_certs_only(certs()).build()", "meant"),
        ("reqwest::Client::builder().add_root_certificate(cert()).build()", "missing"),
        (
            "native_tls::TlsConnector::builder().disable_built_in_roots(true)"
            ".add_root_certificate(cert()).build()",
            "meant",
        ),
    ],
)
def test_who_was_meant_to_present_a_certificate(body: str, intent: str) -> None:
    found = client(body, params="given: RootCertStore")
    assert value(found, "client_certificate_intent") == intent


@pytest.mark.parametrize(
    "server",
    [
        "",
        SERVER.replace(".build()", ".allow_unauthenticated().build()"),
        f"#[cfg(test)] mod tests {{ use super::*; {SERVER} }}",
    ],
)
def test_a_program_that_requires_none_need_not_present_one(server: str) -> None:
    found = client(f"{OWN_CA}.with_no_client_auth()", server)
    assert value(found, "client_certificate_intent") == "missing"


def test_a_case_may_be_for_some_profiles() -> None:
    catalogue = load_rules()
    cases = {p: len(catalogue.under(p).rules["MTLS304"].cases) for p in ("tls", "mtls", "strict")}
    assert cases == {"tls": 1, "mtls": 1, "strict": 2}
