//! Webhook receiver. Certificates are renewed every week, so they are read again each hour.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::{body::Bytes, http::StatusCode, routing::post, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

const CERT: &str = "/etc/webhook/tls.pem";
const KEY: &str = "/etc/webhook/tls.key";
const SENDERS: &str = "/etc/webhook/senders.pem";

fn mtls() -> Result<ServerConfig> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(SENDERS)? {
        roots.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let chain = CertificateDer::pem_file_iter(CERT)?.collect::<Result<Vec<_>, _>>()?;
    Ok(ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, PrivateKeyDer::from_pem_file(KEY)?)?)
}

async fn renew(config: RustlsConfig) {
    let mut hourly = tokio::time::interval(Duration::from_secs(3600));
    hourly.tick().await;
    loop {
        hourly.tick().await;
        match config.reload_from_pem_file(CERT, KEY).await { // expect: MTLS105
            Ok(()) => tracing::info!("certificate read again"),
            Err(error) => tracing::error!(%error, "certificate not read, the old one stays"),
        }
    }
}

async fn hook(body: Bytes) -> StatusCode {
    tracing::info!(bytes = body.len(), "hook");
    StatusCode::ACCEPTED
}

#[tokio::main]
async fn main() -> Result<()> {
    let config = RustlsConfig::from_config(Arc::new(mtls()?));
    tokio::spawn(renew(config.clone()));

    let app = Router::new().route("/hook", post(hook));
    axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 8443)), config)
        .serve(app.into_make_service())
        .await?;
    Ok(())
}
