//! A variable hides what is imported under its name.

use std::sync::Arc;

use crate::server::{tls, verifier};
use axum_server::tls_rustls::RustlsConfig;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

struct Parts {
    tls: Arc<ServerConfig>,
    address: std::net::SocketAddr,
}

fn parts(devices: RootCertStore) -> anyhow::Result<Parts> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(devices))
        .allow_unauthenticated() // expect: MTLS101
        .build()?;
    let tls = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(tls::chain()?, tls::key()?)?;
    let tls = Arc::new(tls);
    Ok(Parts { tls, address: ([0, 0, 0, 0], 8443).into() })
}

pub async fn serve(devices: RootCertStore) -> anyhow::Result<()> {
    let Parts { tls, address } = parts(devices)?;
    axum_server::bind_rustls(address, RustlsConfig::from_config(tls))
        .serve(crate::devices::router().into_make_service())
        .await?;
    Ok(())
}
