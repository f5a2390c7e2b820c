//! `connectrpc::axum::serve_tls` exists, unlike its namesake in axum.

use std::sync::Arc;

use anyhow::Result;
use axum::{routing::get, Router};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::TcpListener;

fn tls() -> Result<Arc<ServerConfig>> {
    let mut fleet = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/dispatch/fleet.pem")? {
        fleet.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(fleet.into()).build()?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        CertificateDer::pem_file_iter("/etc/dispatch/tls.pem")?.collect::<Result<_, _>>()?,
        PrivateKeyDer::from_pem_file("/etc/dispatch/tls.key")?,
    )?;
    Ok(Arc::new(config))
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/jobs", get(|| async { "[]" }));
    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    connectrpc::axum::serve_tls(listener, app, tls()?).await?;
    Ok(())
}
