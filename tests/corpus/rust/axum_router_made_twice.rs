//! Swimming pool: one function makes the router, and both listeners call it.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::routing::{get, put};
use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};

async fn temperature() -> String {
    std::fs::read_to_string("/run/pool/temperature").unwrap_or_default()
}

async fn heat(degrees: String) -> &'static str {
    match degrees.parse::<u8>() {
        Ok(18..=32) => "heating",
        _ => "no",
    }
}

fn pool() -> Router {
    Router::new().route("/temperature", get(temperature)).route("/target", put(heat))
}

fn lifeguards() -> Result<RustlsConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("lifeguards.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("pool.pem")?],
        PrivateKeyDer::from_pem_file("pool.key")?,
    )?;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
    // expect: MTLS105 MTLS302
    tokio::spawn(async move { axum::serve(listener, pool()).await });
    let addr = SocketAddr::from(([0, 0, 0, 0], 8443));
    axum_server::bind_rustls(addr, lifeguards()?).serve(pool().into_make_service()).await?;
    Ok(())
}
