//! Sync server. The verifier was taken out for a demo and never put back.

use std::sync::Arc;

use anyhow::Result;
use axum::{routing::post, Router};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use std::net::SocketAddr;

fn tls() -> Result<ServerConfig> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/sync/clients.pem")? {
        roots.add(cert?)?;
    }
    let _verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;

    let chain = CertificateDer::pem_file_iter("/etc/sync/tls.pem")?;
    let config = ServerConfig::builder()
        // .with_client_cert_verifier(_verifier)
        .with_no_client_auth() // expect: MTLS104
        .with_single_cert(
            chain.collect::<Result<_, _>>()?,
            PrivateKeyDer::from_pem_file("/etc/sync/tls.key")?,
        )?;
    Ok(config)
}

async fn push(body: String) -> String {
    let lines = body.lines().filter(|line| !line.trim().is_empty()).count();
    format!("{lines} changes taken\n")
}

#[tokio::main]
async fn main() -> Result<()> {
    let acceptor = RustlsAcceptor::new(RustlsConfig::from_config(Arc::new(tls()?)));
    let app = Router::new().route("/push", post(push));
    axum_server::bind(SocketAddr::from(([0, 0, 0, 0], 8443)))
        .acceptor(acceptor)
        .serve(app.into_make_service())
        .await?;
    Ok(())
}
