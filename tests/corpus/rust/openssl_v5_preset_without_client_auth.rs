//! Release mirror with axum-server on OpenSSL: public, so nobody is asked for anything.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::{extract::Path, http::StatusCode, routing::get, Router};
use axum_server::tls_openssl::OpenSSLConfig;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};

const RELEASES: &[(&str, &str)] = &[("1.4.0", "stable"), ("1.5.0-rc.1", "candidate")];

async fn channel(Path(version): Path<String>) -> Result<&'static str, StatusCode> {
    RELEASES
        .iter()
        .find_map(|(v, channel)| (*v == version).then_some(*channel))
        .ok_or(StatusCode::NOT_FOUND)
}

fn releases() -> Router {
    Router::new().route("/releases/{version}", get(channel))
}

fn current() -> Result<OpenSSLConfig> {
    // expect: MTLS103
    let mut acceptor = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    acceptor.set_certificate_chain_file("/etc/mirror/tls.pem")?;
    acceptor.set_private_key_file("/etc/mirror/tls.key", SslFiletype::PEM)?;
    Ok(OpenSSLConfig::from_acceptor(Arc::new(acceptor.build())))
}

fn legacy_name() -> Result<OpenSSLConfig> {
    let config = OpenSSLConfig::from_pem_file("/etc/mirror/old.pem", "/etc/mirror/old.key")?; // expect: MTLS103
    Ok(config)
}

#[tokio::main]
async fn main() -> Result<()> {
    let old = axum_server::bind_openssl(SocketAddr::from(([0, 0, 0, 0], 8443)), legacy_name()?)
        .serve(releases().into_make_service());
    let new = axum_server::bind_openssl(SocketAddr::from(([0, 0, 0, 0], 443)), current()?)
        .serve(releases().into_make_service());
    tokio::try_join!(old, new)?;
    Ok(())
}
