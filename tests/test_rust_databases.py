"""Clients of databases, brokers and caches: what their modes and connection strings verify."""

from __future__ import annotations

import pytest
from mtlslint.model import Endpoint
from rust_project import resolve, values

PG = "use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgSslMode};\n"
MYSQL = "use sqlx::mysql::{MySqlConnectOptions, MySqlPool, MySqlSslMode};\n"
KAFKA = "use rdkafka::config::ClientConfig;\n"
ES = "use elasticsearch::{cert::CertificateValidation, http::transport::TransportBuilder};\n"
REDIS = "use redis::{Client, ConnectionAddr, TlsMode, cluster::ClusterClientBuilder};\n"


def clients(code: str) -> list[Endpoint]:
    return [one for one in resolve(code).endpoints if one.side == "client"]


def made(code: str) -> str:
    return f"fn make(n: N) -> X {{ {code} }}"


@pytest.mark.parametrize(
    ("code", "chain", "name"),
    [
        (
            PG + made("PgConnectOptions::new().ssl_mode(PgSslMode::Prefer)"),
            "unverified",
            "unverified",
        ),
        (
            PG + made("PgConnectOptions::new().ssl_mode(PgSslMode::VerifyCa)"),
            "verified",
            "unverified",
        ),
        (
            PG + made('PgPool::connect("postgres://db/x?sslmode=require")'),
            "unverified",
            "unverified",
        ),
        (
            PG + made('PgPool::connect("postgres://db/x?ssl-mode=VERIFY-CA")'),
            "verified",
            "unverified",
        ),
        (
            PG
            + made(
                'PgPoolOptions::new().max_connections(5).connect("postgres://d/x?sslmode=prefer")'
            ),
            "unverified",
            "unverified",
        ),
        (
            PG + made('PgPool::connect(&format!("postgres://{n}/x?sslmode=require"))'),
            "unverified",
            "unverified",
        ),
        (
            MYSQL + made('MySqlPool::connect("mysql://d/x?ssl-mode=VERIFY_IDENTITY")'),
            "verified",
            "verified",
        ),
        (
            MYSQL + made("MySqlConnectOptions::new().ssl_mode(MySqlSslMode::Preferred)"),
            "unverified",
            "unverified",
        ),
        (
            made("mysql_async::SslOpts::default().with_danger_accept_invalid_certs(true)"),
            "unverified",
            "verified",
        ),
        (
            made("mysql::SslOpts::default().with_danger_skip_domain_validation(true)"),
            "verified",
            "unverified",
        ),
        (
            REDIS + made('Client::open("rediss://cache:6380/#insecure").unwrap()'),
            "unverified",
            "missing",
        ),
        (
            REDIS
            + made(
                "ConnectionAddr::TcpTls { host: h(), port: 1, insecure: true, tls_params: None }"
            ),
            "unverified",
            "missing",
        ),
        (
            REDIS + made("ClusterClientBuilder::new(n).tls(TlsMode::Insecure).build()"),
            "unverified",
            "missing",
        ),
        (
            REDIS + made("ClusterClientBuilder::new(n).tls(TlsMode::Secure).build()"),
            "verified",
            "missing",
        ),
        (
            made('mongodb::Client::with_uri_str("mongodb://h/?tls=true&tlsInsecure=true")'),
            "unverified",
            "missing",
        ),
        (
            made(
                'mongodb::options::ClientOptions::parse("mongodb://h/?tlsAllowInvalidHostnames=true")'
            ),
            "missing",
            "unverified",
        ),
        (
            "use tiberius::Config;\n" + made("let mut c = Config::new(); c.trust_cert(); c"),
            "unverified",
            "unverified",
        ),
        (
            "use tiberius::Config;\n"
            + made(
                'Config::from_ado_string("server=tcp:h,1;TrustServerCertificate=True;").unwrap()'
            ),
            "unverified",
            "missing",
        ),
        (
            ES + made("TransportBuilder::new(n).cert_validation(CertificateValidation::None)"),
            "unverified",
            "unverified",
        ),
        (
            ES
            + made(
                "TransportBuilder::new(n).cert_validation(CertificateValidation::Certificate(c()))"
            ),
            "verified",
            "unverified",
        ),
        (
            ES + made("TransportBuilder::new(n).cert_validation(CertificateValidation::Full(c()))"),
            "verified",
            "verified",
        ),
        (
            KAFKA
            + made(
                'ClientConfig::new().set("enable.ssl.certificate.verification", "false").create()'
            ),
            "unverified",
            "verified",
        ),
        (
            KAFKA
            + made(
                'ClientConfig::new().set("ssl.endpoint.identification.algorithm", "none").create()'
            ),
            "verified",
            "unverified",
        ),
        (
            KAFKA + made('ClientConfig::new().set("ssl.ca.location", "ca.pem").create()'),
            "verified",
            "verified",
        ),
    ],
)
def test_what_is_verified(code: str, chain: str, name: str) -> None:
    (client,) = clients(code)
    assert (values(client, "peer_chain"), values(client, "peer_name")) == ({chain}, {name})


@pytest.mark.parametrize(
    "code",
    [
        PG + made("PgConnectOptions::new().username(n)"),
        PG + made('PgPool::connect("postgres://db/x")'),
        PG + made("PgPool::connect(&n)"),
        PG
        + made('PgPool::connect(&format!("postgres://db/x?sslmode={n}"))')
        .replace("sslmode={n}", "sslmode={}")
        .replace('")', '", n)'),
        REDIS + made('Client::open("rediss://cache:6380/")'),
        made('mongodb::Client::with_uri_str("mongodb://h/?tls=true")'),
    ],
)
def test_what_is_not_said_is_not_judged(code: str) -> None:
    found = [values(one, "peer_chain") for one in clients(code)]
    assert found in ([], [{None}], [{"missing"}])


@pytest.mark.parametrize(
    ("code", "reach"),
    [
        ('PgConnectOptions::new().host("localhost").ssl_mode(PgSslMode::Require)', "local"),
        ("PgConnectOptions::new().host(n).ssl_mode(PgSslMode::Require)", None),
        ('PgPool::connect("postgres://a:b@127.0.0.1/x?sslmode=require")', "local"),
    ],
)
def test_a_database_on_this_host(code: str, reach: str | None) -> None:
    (client,) = clients(PG + made(code))
    assert values(client, "reach") == {reach}


@pytest.mark.parametrize(
    ("code", "chain", "name"),
    [
        (
            "let mut e = curl::easy::Easy::new(); e.ssl_verify_peer(false)?; e.perform()",
            "unverified",
            "verified",
        ),
        (
            "let mut e = curl::easy::Easy::new(); e.ssl_verify_host(false)?; e.perform()",
            "verified",
            "unverified",
        ),
        ("attohttpc::get(n).danger_accept_invalid_certs(true).send()", "unverified", "verified"),
        (
            "let mut c = kube::Config::infer().await?; c.accept_invalid_certs = true; c",
            "unverified",
            "missing",
        ),
        (
            "imap::ClientBuilder::new(n, 993).danger_skip_tls_verify(true).connect()",
            "unverified",
            "verified",
        ),
        (
            "mail_send::SmtpClientBuilder::new(n, 587)?.allow_invalid_certs().connect()",
            "unverified",
            "unverified",
        ),
        (
            "neo4rs::ConfigBuilder::default().uri(n).skip_ssl_validation().build()",
            "unverified",
            "unverified",
        ),
        (
            "pulsar::Pulsar::builder(n, e).with_allow_insecure_connection(true).build()",
            "unverified",
            "verified",
        ),
        (
            "paho_mqtt::SslOptionsBuilder::new().enable_server_cert_auth(false).finalize()",
            "unverified",
            "verified",
        ),
        ("elsewhere::builder().danger_accept_invalid_certs(true).build()", "unverified", "missing"),
    ],
)
def test_other_clients(code: str, chain: str, name: str) -> None:
    (client,) = clients(made(code))
    assert (values(client, "peer_chain"), values(client, "peer_name")) == ({chain}, {name})


def test_a_method_of_the_programs_own_says_nothing() -> None:
    code = "impl B { fn danger_accept_invalid_certs(self, yes: bool) -> Self { self } }\n"
    assert clients(code + made("elsewhere::b().danger_accept_invalid_certs(true)")) == []


@pytest.mark.parametrize(
    ("callback", "name"),
    [
        ("|c, _| { c.set_verify_hostname(false); Ok(()) }", "unverified"),
        ("|c, _| { c.set_use_server_name_indication(false); Ok(()) }", "verified"),
    ],
)
def test_postgres_openssl_asks_a_callback(callback: str, name: str) -> None:
    code = (
        "use openssl::ssl::{SslConnector, SslMethod};\nuse postgres_openssl::MakeTlsConnector;\n"
    ) + made(
        "let b = SslConnector::builder(SslMethod::tls()).unwrap();\n"
        f"let mut c = MakeTlsConnector::new(b.build()); c.set_callback({callback}); c"
    )
    (client,) = clients(code)
    assert values(client, "peer_name") == {name}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (PG + made("PgConnectOptions::new().ssl_mode(PgSslMode::Require)"), "PgConnectOptions"),
        (
            PG + "fn make(o: PgConnectOptions) -> X { o.ssl_mode(PgSslMode::Require) }",
            "PgConnectOptions",
        ),
        (
            MYSQL + made("MySqlConnectOptions::new().ssl_mode(MySqlSslMode::Required)"),
            "MySqlConnectOptions",
        ),
    ],
)
def test_an_endpoint_is_called_by_the_type_that_was_made(code: str, name: str) -> None:
    (client,) = clients(code)
    assert client.name == f"src/main.rs: {name} in make"
