//! Reading room: axum::serve on tls-listener, with an optional certificate for the staff.

use std::sync::Arc;

use anyhow::Result;
use axum::{routing::get, Router};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tls_listener::TlsListener;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

fn tls() -> Result<Arc<ServerConfig>> {
    let mut staff = RootCertStore::empty();
    staff.add(CertificateDer::from_pem_file("/etc/reading/staff.pem")?)?;
    let verifier =
        WebPkiClientVerifier::builder(Arc::new(staff)).allow_unauthenticated().build()?; // expect: MTLS101
    Ok(Arc::new(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("/etc/reading/tls.pem")?],
        PrivateKeyDer::from_pem_file("/etc/reading/tls.key")?,
    )?))
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/shelf", get(|| async { "QA76" }));
    let socket = TcpListener::bind("0.0.0.0:8443").await?;
    let listener = TlsListener::new(TlsAcceptor::from(tls()?), socket);
    axum::serve(listener, app).await?;
    Ok(())
}
