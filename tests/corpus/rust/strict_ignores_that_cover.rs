//! Loading bay. Three exceptions, each with a finding under it.
// corpus: profile=strict

use std::sync::Arc;

use anyhow::Result;
use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{RootCertStore, ServerConfig};

fn gates() -> Result<ServerConfig> {
    let mut gates = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/bay/gates.pem")? {
        gates.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(gates))
        // mtlslint: ignore[MTLS101] hand scanners; `scanned` refuses what is not theirs
        .allow_unauthenticated()
        .build()?;
    let chain = CertificateDer::pem_file_iter("/etc/bay/tls.pem")?.collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_file("/etc/bay/tls.key")?;
    let mut config = ServerConfig::builder_with_protocol_versions(&[&TLS13, &TLS12])
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?;
    config.max_early_data_size = 1024; // mtlslint: ignore[MTLS204] scans may be repeated
    Ok(config)
}

async fn scanned() -> &'static str {
    "ok"
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/scanned", get(scanned));
    let probes = Router::new().route("/live", get(|| async { "live" }));
    tokio::spawn(async move {
        let listener = tokio::net::TcpListener::bind("0.0.0.0:9000").await?;
        // mtlslint: ignore[plaintext-listener] the kubelet speaks no TLS
        axum::serve(listener, probes).await
    });
    let config = RustlsConfig::from_config(Arc::new(gates()?));
    let addr = ([0, 0, 0, 0], 8443).into();
    axum_server::bind_rustls(addr, config).serve(app.into_make_service()).await?;
    Ok(())
}
