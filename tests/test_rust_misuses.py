"""Calls that no library knows, and those that it refuses or ignores."""

from __future__ import annotations

import pytest
from rust_project import USES, resolve

NATIVE = "use native_tls::{Protocol, TlsAcceptor, TlsConnector};\n"
PG = "use sqlx::postgres::{PgConnectOptions, PgSslMode};\n"


def misuses(code: str) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in resolve(code).misuses]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (
            "TlsAcceptor::builder(id).min_protocol_version(Some(Protocol::Tlsv13)).build()",
            [("refused", "min_protocol_version(TLSv1.3)")],
        ),
        ("TlsAcceptor::builder(id).min_protocol_version(Some(Protocol::Tlsv12)).build()", []),
        ("TlsAcceptor::builder(id).min_protocol_version(version()).build()", []),
        ("TlsConnector::builder().min_protocol_version(Some(Protocol::Tlsv13)).build()", []),
    ],
)
def test_native_tls_servers_know_no_tls_13(code: str, found: list[tuple[str, str]]) -> None:
    assert misuses(f"{NATIVE}fn make() -> X {{ {code} }}") == found


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('tokio_postgres::connect("host=db sslmode=verify-full", tls).await', "verify-full"),
        ('"host=db sslmode=verify-ca".parse::<tokio_postgres::Config>()', ""),
        ('tokio_postgres::Config::from_str("postgres://db/x?sslmode=verify-ca")', "verify-ca"),
        ('postgres::Client::connect("host=db sslmode=require", tls)', ""),
        ("tokio_postgres::connect(&url, tls).await", ""),
    ],
)
def test_tokio_postgres_has_three_modes(call: str, found: str) -> None:
    named = [name.partition("(")[2].rstrip(")") for _, name in misuses(f"fn c() -> X {{ {call} }}")]
    assert named == ([found] if found else [])


@pytest.mark.parametrize(
    ("calls", "count"),
    [
        ('.ssl_mode(PgSslMode::Require).ssl_root_cert("ca.pem")', 1),
        ('.ssl_root_cert("ca.pem").ssl_mode(PgSslMode::Prefer)', 1),
        ('.ssl_root_cert("ca.pem").ssl_mode(PgSslMode::VerifyFull)', 0),
        ('.ssl_root_cert("ca.pem").ssl_mode(PgSslMode::VerifyCa)', 0),
        ('.ssl_root_cert("ca.pem").ssl_mode(mode())', 0),
        ('.ssl_root_cert("ca.pem")', 0),
        (".ssl_mode(PgSslMode::Require)", 0),
    ],
)
def test_a_ca_that_sqlx_does_not_heed(calls: str, count: int) -> None:
    code = f"{PG}fn make() -> PgConnectOptions {{ PgConnectOptions::new(){calls} }}"
    found = resolve(code).misuses
    assert [(one.kind, one.name) for one in found] == [("ignored", "ssl_root_cert")] * count
    for one in found:
        assert code.encode()[one.span.start : one.span.end] == b'ssl_root_cert("ca.pem")'


@pytest.mark.parametrize(
    ("calls", "found"),
    [
        (".enforce_revocation_expiration().build()", ["enforce_revocation_expiration"]),
        (".only_check_end_entity_revocation().build()", ["only_check_end_entity_revocation"]),
        (".enforce_revocation_expiration().with_crls(lists()).build()", []),
        (".with_crls(lists()).enforce_revocation_expiration().build()", []),
        ("; let v = v.enforce_revocation_expiration();\nif strict { v.with_crls(l).build() }", []),
    ],
)
def test_revocation_without_lists(calls: str, found: list[str]) -> None:
    code = (
        f"{USES}fn make(strict: bool) -> X {{\n"
        f"let v = WebPkiClientVerifier::builder(Arc::new(roots())){calls}"
    )
    code += "\nelse { v.build() } }" if "strict {" in calls else "; v }"
    assert [name for kind, name in misuses(code) if kind == "ignored"] == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("axum::serve_tls(l, app).await", ["axum::serve_tls"]),
        ("connectrpc::axum::serve_tls(l, app).await", []),
        ("policy::HyperTls::new()", []),
        ("hyper_tls::HyperTls::new()", ["HyperTls::new"]),
        ("rustls::server::danger::ClientCertVerifier::new(r)", ["ClientCertVerifier::new"]),
        ("rustls::server::danger::ClientCertVerifier::builder(r)", ["ClientCertVerifier::builder"]),
        ("rustls::server::WebPkiClientVerifier::builder(r)", []),
    ],
)
def test_paths_that_lead_to_a_library(code: str, found: list[str]) -> None:
    code = f"mod policy {{ pub struct HyperTls; }}\nfn run() {{ {code}; }}"
    assert [name for _, name in misuses(code)] == found


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ("", ["with_client_auth_mandatory"]),
        (
            "impl Policy { fn with_client_auth_mandatory(self) {} }\nstruct Policy;",
            ["with_client_auth_mandatory"],
        ),
        (
            "impl Mutual for ConfigBuilder<S, W> { fn with_client_auth_mandatory(self, r: R) {} }",
            [],
        ),
        ("impl<T> Mutual for T { fn with_client_auth_mandatory(self, r: R) {} }", []),
    ],
)
def test_a_trait_of_the_program_may_extend_the_library(own: str, found: list[str]) -> None:
    code = (
        f"{USES}use rustls::ConfigBuilder;\n{own}\n"
        "fn config() -> X { ServerConfig::builder().with_client_auth_mandatory(roots()) }"
    )
    assert [name for _, name in misuses(code)] == found


@pytest.mark.parametrize(
    ("method", "right"),
    [
        ("bind_rustls_0_21", "bind_rustls_021"),
        ("listen_rustls_021", "listen_rustls_0_21"),
        ("bind_rustls_0_20", "bind_rustls"),
    ],
)
def test_names_of_actix_webs_binds(method: str, right: str) -> None:
    code = (
        "use actix_web::{App, HttpServer};\n"
        f"async fn main() {{ HttpServer::new(|| App::new()).{method}(a(), c())?.run().await }}"
    )
    (found,) = resolve(code).misuses
    assert f"`{right}`" in found.advice
