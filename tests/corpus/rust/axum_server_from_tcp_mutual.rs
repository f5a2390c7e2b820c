//! Socket activation: systemd hands the listener over, axum-server puts mutual TLS on it.

use std::net::TcpListener;
use std::os::fd::FromRawFd;
use std::sync::Arc;

use anyhow::{ensure, Context, Result};
use axum::{routing::get, Router};
use axum_server::tls_rustls::{from_tcp_rustls, RustlsConfig};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

fn activated() -> Result<TcpListener> {
    ensure!(std::env::var("LISTEN_FDS")? == "1", "exactly one socket");
    // SAFETY: systemd passes the first socket as 3 and nobody else owns it.
    let listener = unsafe { TcpListener::from_raw_fd(3) };
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn mutual() -> Result<Arc<ServerConfig>> {
    let credentials = std::env::var("CREDENTIALS_DIRECTORY").context("LoadCredential=")?;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(format!("{credentials}/ca"))?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            CertificateDer::pem_file_iter(format!("{credentials}/cert"))?.collect::<Result<_, _>>()?,
            PrivateKeyDer::from_pem_file(format!("{credentials}/key"))?,
        )
        .map(Arc::new)
        .context("cert and key")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let app = Router::new().route("/units", get(|| async { "[]" }));
    let config = RustlsConfig::from_config(mutual()?);
    from_tcp_rustls(activated()?, config).serve(app.into_make_service()).await?;
    Ok(())
}
