"""Servers of the frameworks beside axum and actix-web, and what these two once looked like."""

from __future__ import annotations

import pytest
from mtlslint.model import Endpoint
from rust_project import USES, VERIFIER, resolve, value

CONFIG = f"""{USES}{VERIFIER}
fn open() -> ServerConfig {{
    ServerConfig::builder().with_no_client_auth().with_single_cert(chain(), key()).unwrap()
}}
"""
POEM = "use poem::{listener::{Listener, OpensslTlsConfig, RustlsConfig, TcpListener}, Server};\n"
SALVO = "use salvo::conn::rustls::{Keycert, RustlsConfig, TlsClientAuth};\nuse salvo::prelude::*;\n"
SALVO_OPENSSL = "use salvo::conn::openssl::OpensslConfig;\nuse salvo::prelude::*;\n"
OPENSSL = "use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};\n"
ROCKET = "use rocket::config::{Config, MutualTls, TlsConfig};\n"
ADDRESS = '"0.0.0.0:1"'


def main(code: str) -> str:
    return f"async fn main() -> Result<()> {{ {code} }}"


def salvo(config: str) -> str:
    return main(
        f"{config}\nlet acceptor = TcpListener::new({ADDRESS}).rustls(config).bind().await;\n"
        "Server::new(acceptor).serve(router).await;"
    )


def servers(code: str) -> list[Endpoint]:
    return [one for one in resolve(code).endpoints if one.side == "server"]


@pytest.mark.parametrize(
    ("code", "transport", "auth"),
    [
        (POEM + main(f"Server::new(TcpListener::bind({ADDRESS})).run(app).await"), "plaintext", ""),
        (
            POEM
            + main(
                f"let l = TcpListener::bind({ADDRESS}).rustls(RustlsConfig::new().fallback(c));\n"
                "Server::new(l).run(app).await"
            ),
            "tls",
            "none",
        ),
        (
            POEM
            + main(
                "let c = RustlsConfig::new().client_auth_required(ca);\n"
                f"Server::new(TcpListener::bind({ADDRESS}).rustls(c)).run(app).await"
            ),
            "tls",
            "required",
        ),
        (
            POEM
            + main(
                f"let l = TcpListener::bind({ADDRESS}).openssl_tls(OpensslTlsConfig::new());\n"
                "Server::new(l).run(app).await"
            ),
            "tls",
            "none",
        ),
        (
            POEM + main(f"Server::new(TcpListener::bind({ADDRESS}).rustls(made())).run(app).await"),
            "tls",
            None,
        ),
        (
            SALVO
            + main(
                f"let a = TcpListener::new({ADDRESS}).bind().await;\nServer::new(a).serve(r).await;"
            ),
            "plaintext",
            "",
        ),
        (SALVO + salvo("let config = RustlsConfig::new(pair);"), "tls", "none"),
        (
            SALVO + salvo('let config = RustlsConfig::new(pair).client_auth_optional_path("ca")?;'),
            "tls",
            "optional",
        ),
        (
            SALVO + salvo("let config = RustlsConfig::new(pair).with_client_auth_required(ca);"),
            "tls",
            "required",
        ),
        (
            SALVO
            + salvo(
                "let mut config = RustlsConfig::new(pair);\n"
                "config.client_auth = TlsClientAuth::Required(ca);"
            ),
            "tls",
            "required",
        ),
        (
            SALVO
            + salvo(
                "let mut config = RustlsConfig::new(pair);\n"
                "config.client_auth = TlsClientAuth::Off;"
            ),
            "tls",
            "none",
        ),
        (
            "use ntex::web::{self, App};\n"
            + CONFIG
            + main(f"web::server(|| App::new()).bind_rustls({ADDRESS}, open())?.run().await"),
            "tls",
            "none",
        ),
        (
            "use actix_web::{server, App};\n"
            + main(f"server::new(|| App::new()).bind({ADDRESS}).unwrap().run();"),
            "plaintext",
            "",
        ),
        (
            main(
                f"let i = hyper::server::conn::AddrIncoming::bind({ADDRESS})?;\n"
                "hyper::Server::builder(i).serve(service()).await;"
            ),
            "plaintext",
            "",
        ),
        (
            main(
                f"let l = tokio::net::TcpListener::bind({ADDRESS}).await?;\n"
                "loop { let (s, _) = l.accept().await?;\n"
                "hyper::server::conn::http1::Builder::new().serve_connection(s, hi).await?; }"
            ),
            "plaintext",
            "",
        ),
        (
            main(
                f"axum_server::bind_rustls({ADDRESS}).private_key_file(k).certificate_file(c)\n"
                ".serve(app).await"
            ),
            "tls",
            "none",
        ),
        (
            CONFIG
            + main(
                f"axum_server::bind_rustls({ADDRESS}).tls_config(Arc::new(open())).serve(app).await"
            ),
            "tls",
            "none",
        ),
        (
            "use axum_server::tls_rustls::RustlsConfig;\n"
            + main(
                "let config = RustlsConfig::from_pem_file(a, b).await?;\n"
                f"axum_server_dual_protocol::bind_dual_protocol({ADDRESS}, config).serve(app).await"
            ),
            "either",
            "none",
        ),
        (
            "use axum_server::tls_rustls::RustlsConfig;\n"
            + main(
                "let config = RustlsConfig::from_pem_file(a, b).await?;\n"
                f"axum_server_dual_protocol::bind_dual_protocol({ADDRESS}, config)\n"
                ".set_upgrade(true).serve(app).await"
            ),
            "tls",
            "none",
        ),
        (
            CONFIG
            + main(
                f"let l = tokio::net::TcpListener::bind({ADDRESS}).await?;\n"
                "let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(open()));\n"
                "axum::serve(tls_listener::TlsListener::new(acceptor, l), app).await"
            ),
            "tls",
            "none",
        ),
        (
            "use tokio_stream::wrappers::TcpListenerStream;\nuse tonic::transport::Server;\n"
            + main(
                f"let l = tokio::net::TcpListener::bind({ADDRESS}).await?;\n"
                "Server::builder().add_service(s)\n"
                ".serve_with_incoming(TcpListenerStream::new(l)).await"
            ),
            "plaintext",
            "",
        ),
    ],
)
def test_one_listener_on_the_network(code: str, transport: str, auth: str | None) -> None:
    opened = [one for one in servers(code) if "reach" in one.states[0]]
    assert [value(one, "transport") for one in opened] == [transport]
    assert value(opened[0], "reach") == "network"
    assert value(opened[0], "client_auth") == (auth if auth != "" else "missing")


@pytest.mark.parametrize(
    ("code", "auth"),
    [
        (
            "use tonic::transport::ServerTlsConfig;\n"
            "fn c() -> X { ServerTlsConfig::new().identity(id).client_auth_optional(false) }",
            ("none", "asked"),
        ),
        (
            "use rustls::{NoClientAuth, ServerConfig};\nuse tonic::transport::ServerTlsConfig;\n"
            "fn c() -> X { let c = ServerConfig::new(NoClientAuth::new());\n"
            "ServerTlsConfig::new().client_ca_root(ca).rustls_server_config(c) }",
            ("none", "none"),
        ),
        (ROCKET + 'fn c() -> X { TlsConfig::from_paths("c", "k") }', ("none", "none")),
        (
            ROCKET + 'fn c() -> X { TlsConfig::from_paths("c", "k")'
            '.with_mutual(MutualTls::from_path("a")) }',
            ("optional", "asked"),
        ),
        (
            ROCKET + "fn c() -> X { TlsConfig::from_bytes(c, k)\n"
            ".with_mutual(MutualTls::from_bytes(ca).mandatory(true)) }",
            ("required", "asked"),
        ),
        (
            "fn c() -> X { quinn::ServerConfig::with_single_cert(chain, key) }",
            ("none", "none"),
        ),
        (
            SALVO_OPENSSL + "fn c() -> X { OpensslConfig::new(pair).builder_modifier(|b| {\n"
            "b.set_verify(openssl::ssl::SslVerifyMode::PEER) }) }",
            ("optional", "asked"),
        ),
        (
            SALVO_OPENSSL + "fn c() -> X { OpensslConfig::new(pair).builder_modifier(harden) }",
            (None, None),
        ),
    ],
)
def test_configurations(code: str, auth: tuple[str | None, str | None]) -> None:
    (config,) = servers(code)
    assert (value(config, "client_auth"), value(config, "client_auth_intent")) == auth


@pytest.mark.parametrize(
    ("fields", "transport"),
    [
        ("", "plaintext"),
        ("tls: Some(tls()),", None),
        ("tls: Some(TlsConfig::from_paths(a, b)),", "tls"),
    ],
)
def test_a_rocket_with_a_configuration_in_code(fields: str, transport: str | None) -> None:
    code = ROCKET + (
        f"fn rocket() -> _ {{ let config = Config {{ address: [0, 0, 0, 0].into(), {fields}\n"
        '..Config::release_default() }; rocket::custom(config).mount("/", routes![hi]) }'
    )
    (server,) = servers(code)
    assert (value(server, "transport"), value(server, "reach")) == (transport, "network")


def test_poem_and_salvo_set_no_floor_on_openssl() -> None:
    for code in (
        "fn c() -> X { poem::listener::OpensslTlsConfig::new().cert_from_file(a) }",
        SALVO_OPENSSL + "fn c() -> X { OpensslConfig::new(pair) }",
    ):
        (config,) = servers(code)
        assert value(config, "min_version") == "TLSv1"


def test_a_joined_listener_is_not_known() -> None:
    code = SALVO + main(
        f"let a = TcpListener::new({ADDRESS}).join(other()).bind().await;\n"
        "Server::new(a).serve(r).await;"
    )
    assert [value(one, "transport") for one in servers(code)] == [None]
