"""Clients of databases, directories and mail, and what is no API of anybody."""

from __future__ import annotations

import pytest
from rust_project import one, resolve, values

LETTRE = "use lettre::transport::smtp::client::{TlsParameters, TlsVersion};\n"
ISAHC = "use isahc::{config::SslOption, prelude::*, HttpClient, Request, tls::TlsConfig};\n"


@pytest.mark.parametrize(
    ("code", "chain", "name"),
    [
        (f"{LETTRE}fn t() -> X {{ TlsParameters::builder(h()).build() }}", "verified", "verified"),
        (
            f"{LETTRE}fn t() -> X {{ TlsParameters::builder(h())"
            ".dangerous_accept_invalid_certs(true).build_rustls() }",
            "unverified",
            "verified",
        ),
        (
            f"{LETTRE}fn t() -> X {{ TlsParameters::builder(h())"
            ".dangerous_accept_invalid_hostnames(true).build_native() }",
            "verified",
            "unverified",
        ),
        (
            f"{LETTRE}fn t(lax: bool) -> X {{ TlsParameters::builder(h())"
            ".dangerous_accept_invalid_certs(lax).build() }",
            None,
            "verified",
        ),
        (
            f"{ISAHC}fn c() -> X {{ HttpClient::builder()"
            ".ssl_options(SslOption::DANGER_ACCEPT_INVALID_CERTS).build() }",
            "unverified",
            "missing",
        ),
        (
            f"{ISAHC}fn c() -> X {{ Request::get(u()).ssl_options("
            "SslOption::DANGER_ACCEPT_INVALID_HOSTS | SslOption::NONE).body(()) }",
            "verified",
            "unverified",
        ),
        (
            f"{ISAHC}fn c() -> X {{ TlsConfig::builder()"
            ".danger_accept_invalid_certs(true).build() }",
            "unverified",
            "verified",
        ),
        (
            "use ldap3::LdapConnSettings;\n"
            "fn s() -> X { LdapConnSettings::new().set_no_tls_verify(true).set_starttls(true) }",
            "unverified",
            "verified",
        ),
        (
            "use mongodb::options::{Tls, TlsOptions};\nfn t() -> Tls { Tls::Enabled("
            "TlsOptions::builder().allow_invalid_certificates(Some(true)).build()) }",
            "unverified",
            "verified",
        ),
    ],
)
def test_switches(code: str, chain: str | None, name: str) -> None:
    client = one(code, side="client")
    assert values(client, "peer_chain") == {chain}
    assert values(client, "peer_name") == {name}


def phantoms(code: str) -> list[str]:
    return [misuse.name for misuse in resolve(code).misuses]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            ".bind_rustls(a(), tls)?",
            ["bind_rustls(native_tls::TlsAcceptor)"],
        ),
        (".bind_openssl(a(), tls)?", ["bind_openssl(native_tls::TlsAcceptor)"]),
        (".bind_tls(a(), tls)?", []),
    ],
)
def test_actix_takes_no_native_tls(body: str, found: list[str]) -> None:
    code = f"""use actix_web::{{App, HttpServer}};
use native_tls::TlsAcceptor;
async fn main() -> Result<()> {{
    let tls = TlsAcceptor::builder(identity()).build()?;
    HttpServer::new(|| App::new()){body}.run().await
}}"""
    assert phantoms(code) == found


def test_tls_is_no_middleware() -> None:
    code = """use actix_web::{App, HttpServer, middleware::Logger};
use native_tls::TlsAcceptor;
async fn main() -> Result<()> {
    let tls = TlsAcceptor::builder(identity()).build()?;
    HttpServer::new(move || App::new().wrap(Logger::default()).wrap(TlsAcceptor::new(tls.clone())))
        .bind("127.0.0.1:80")?.run().await
}"""
    assert phantoms(code) == ["wrap(native_tls::TlsAcceptor)"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("use hyper_tls::HyperTls;\nfn c() { HyperTls::new(); }", ["HyperTls::new"]),
        ("fn c() { HyperTls::new(); }", ["HyperTls::new"]),
        ("struct HyperTls;\nfn c() { HyperTls::new(); }", []),
    ],
)
def test_a_type_that_nobody_has(code: str, found: list[str]) -> None:
    assert phantoms(code) == found


def test_what_serves_through_a_phantom_is_no_endpoint() -> None:
    code = """use axum::Router;
async fn main() { axum::Server::bind(&addr()).https(tls()).serve(Router::new()).await }"""
    document = resolve(code)
    assert [one.name for one in document.misuses] == ["https"]
    assert document.endpoints == ()


def test_each_call_of_another_crates_switch_is_told() -> None:
    files = {
        "kit/Cargo.toml": '[package]\nname = "kit"\n',
        "kit/src/lib.rs": "pub fn tls_client(insecure: bool) -> reqwest::Client {\n"
        "reqwest::Client::builder().danger_accept_invalid_certs(insecure).build().unwrap() }",
        "app/Cargo.toml": '[package]\nname = "app"\n\n[dependencies]\nkit = { path = "../kit" }\n',
        "app/src/main.rs": "fn first() { give(kit::tls_client(true)); }\n"
        "fn second() { give(kit::tls_client(true)); }\nfn main() { first(); second(); }",
    }
    spans = {state["peer_chain"].span for state in one(files, "client").states}
    main = files["app/src/main.rs"]
    assert {(span.path, main[span.start : span.end]) for span in spans} == {
        ("app/src/main.rs", "kit::tls_client(true)")
    }
    assert len(spans) == 2
