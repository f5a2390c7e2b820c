//! Vending machines: HTTPS with client certificates, and the same routes in plaintext beside it.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::{routing::post, Router};
use axum_server::tls_rustls::RustlsConfig;
use axum_server_dual_protocol::ServerExt;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

fn config() -> Result<RustlsConfig> {
    let mut machines = RootCertStore::empty();
    machines.add(CertificateDer::from_pem_file("/etc/vending/machines.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(machines)).build()?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("/etc/vending/tls.pem")?],
        PrivateKeyDer::from_pem_file("/etc/vending/tls.key")?,
    )?;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/sold", post(|| async { "thank you" }));
    let open = SocketAddr::from(([0, 0, 0, 0], 8080));
    let upgraded = SocketAddr::from(([0, 0, 0, 0], 8443));
    // Whoever comes in plaintext is only sent to HTTPS.
    let strict = axum_server_dual_protocol::bind_dual_protocol(upgraded, config()?)
        .set_upgrade(true)
        .serve(app.clone().into_make_service());
    // expect: MTLS302
    let lax = axum_server_dual_protocol::bind_dual_protocol(open, config()?)
        .serve(app.into_make_service());
    tokio::try_join!(strict, lax)?;
    Ok(())
}
