//! Gateway of the county: gRPC for counties with certificates, HTTP for everybody, a client for
//! the archive. Three rules have something to say.

use std::net::{Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context, Result};
use axum::{extract::State, routing::get, Router};
use reqwest::{Certificate as Root, Client, Identity as Own};
use tonic::transport::{Certificate, Identity, Server, ServerTlsConfig};

#[derive(Clone)]
struct Gateway {
    archive: Client,
}

impl Gateway {
    async fn new() -> Result<Self> {
        let pem = tokio::fs::read("/etc/gateway/archive.pem").await.context("archive.pem")?;
        let own = tokio::fs::read("/etc/gateway/own.pem").await.context("own.pem")?;
        let archive = Client::builder()
            .use_rustls_tls()
            .identity(Own::from_pem(&own)?)
            .tls_built_in_root_certs(false)
            .add_root_certificate(Root::from_pem(&pem)?)
            .danger_accept_invalid_certs(std::env::var_os("ARCHIVE_INSECURE").is_some())
            .timeout(Duration::from_secs(9))
            .build()?;
        Ok(Gateway { archive })
    }
}

async fn page(State(gateway): State<Gateway>) -> String {
    match gateway.archive.get("https://archive.county.example/page").send().await {
        Ok(page) => page.text().await.unwrap_or_default(),
        Err(error) => error.to_string(),
    }
}

fn counties() -> Result<ServerTlsConfig> {
    Ok(ServerTlsConfig::new()
        .client_ca_root(Certificate::from_pem(std::fs::read("/etc/gateway/counties.pem")?))
        .client_auth_optional(true) // expect: MTLS101
        .identity(Identity::from_pem(
            std::fs::read("/etc/gateway/tls.pem")?,
            include_str!("../pki/gateway.key"), // expect: MTLS602
        )))
}

#[tokio::main]
async fn main() -> Result<()> {
    let gateway = Gateway::new().await?;
    let app = Router::new().route("/page", get(page)).with_state(gateway);
    let listener = tokio::net::TcpListener::bind((Ipv6Addr::UNSPECIFIED, 8080)).await?;
    // expect: MTLS302
    let http = tokio::spawn(async move { axum::serve(listener, app).await });

    let (_, health) = tonic_health::server::health_reporter();
    let grpc = SocketAddr::from((Ipv6Addr::UNSPECIFIED, 50051));
    Server::builder().tls_config(counties()?)?.add_service(health).serve(grpc).await?;
    http.await??;
    Ok(())
}
