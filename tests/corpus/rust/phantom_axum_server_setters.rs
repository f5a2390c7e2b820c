//! Podcast host. Each listener was "hardened" with a setter that axum-server never had.

use std::net::SocketAddr;
use std::path::Path;

use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::server::danger::ClientCertVerifier;
use std::sync::Arc;

fn feed() -> Router {
    Router::new().route("/feed", get(|| async { "<rss/>" }))
}

async fn studio(dir: &Path) -> std::io::Result<()> {
    let config = RustlsConfig::from_pem_file(dir.join("tls.pem"), dir.join("tls.key")) // expect: MTLS103
        .await?
        .client_ca(dir.join("studio-ca.pem")); // expect: MTLS901
    axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 8443)), config)
        .serve(feed().into_make_service())
        .await
}

async fn editors(verifier: Arc<dyn ClientCertVerifier>) -> std::io::Result<()> {
    let config = RustlsConfig::from_pem_file("tls.pem", "tls.key").await?; // expect: MTLS103
    let config = config.with_client_cert_verifier(verifier); // expect: MTLS901
    axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 9443)), config)
        .serve(feed().into_make_service())
        .await
}

async fn archive() -> std::io::Result<()> {
    let pem = tokio::try_join!(tokio::fs::read("tls.pem"), tokio::fs::read("tls.key"))?;
    let config = RustlsConfig::from_pem(pem.0, pem.1) // expect: MTLS103
        .await?
        .with_client_auth("archive-ca.pem"); // expect: MTLS901
    axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 9444)), config)
        .serve(feed().into_make_service())
        .await
}

pub async fn run(verifier: Arc<dyn ClientCertVerifier>) -> std::io::Result<()> {
    tokio::try_join!(studio(Path::new("/etc/studio")), editors(verifier), archive())?;
    Ok(())
}
