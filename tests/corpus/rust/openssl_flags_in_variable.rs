//! Remote build cache. `READ_ONLY` nodes had no certificates when this was written.

use std::sync::Arc;

use anyhow::{Context, Result};
use axum::{extract::Path, http::StatusCode, routing::get, Router};
use axum_server::tls_openssl::OpenSSLConfig;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use std::net::SocketAddr;

const READ_ONLY: bool = true;

async fn artifact(Path(digest): Path<String>) -> Result<Vec<u8>, StatusCode> {
    if digest.len() != 64 || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(StatusCode::BAD_REQUEST);
    }
    tokio::fs::read(format!("/var/cache/build/{digest}")).await.map_err(|_| StatusCode::NOT_FOUND)
}

fn tls() -> Result<OpenSSLConfig> {
    let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    acceptor.set_certificate_chain_file("/etc/cache/tls.pem").context("certificate")?;
    acceptor.set_private_key_file("/etc/cache/tls.key", SslFiletype::PEM).context("key")?;
    acceptor.set_ca_file("/etc/cache/builders.pem").context("builders.pem")?;

    let mut mode = SslVerifyMode::PEER;
    if !READ_ONLY {
        mode |= SslVerifyMode::FAIL_IF_NO_PEER_CERT;
    }
    acceptor.set_verify(mode); // expect: MTLS101
    Ok(OpenSSLConfig::from_acceptor(Arc::new(acceptor.build())))
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/cas/{digest}", get(artifact));
    let addr: SocketAddr = "[::]:8980".parse()?;
    axum_server::bind_openssl(addr, tls()?).serve(app.into_make_service()).await?;
    Ok(())
}
