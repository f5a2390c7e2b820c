//! SIGHUP makes the server read its files again.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::{routing::get, Router};
use axum_server::tls_rustls::{bind_rustls, RustlsConfig};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::signal::unix::{signal, SignalKind};

fn partners() -> Result<Arc<RootCertStore>> {
    let mut store = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("tls/partners.pem")? {
        store.add(cert?)?;
    }
    Ok(Arc::new(store))
}

#[tokio::main]
async fn main() -> Result<()> {
    let verifier = WebPkiClientVerifier::builder(partners()?).build()?;
    let server = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            CertificateDer::pem_file_iter("tls/server.pem")?.collect::<Result<Vec<_>, _>>()?,
            PrivateKeyDer::from_pem_file("tls/server.key")?,
        )?;
    let tls = RustlsConfig::from_config(Arc::new(server));

    let reloading = tls.clone();
    tokio::spawn(async move {
        let mut hangup = signal(SignalKind::hangup()).expect("SIGHUP handler");
        while hangup.recv().await.is_some() {
            let pem = match tokio::try_join!(
                tokio::fs::read("tls/server.pem"),
                tokio::fs::read("tls/server.key"),
            ) {
                Ok(pem) => pem,
                Err(error) => {
                    tracing::error!(%error, "reload");
                    continue;
                }
            };
            if let Err(error) = reloading.reload_from_pem(pem.0, pem.1).await { // expect: MTLS105
                tracing::error!(%error, "reload");
            }
        }
    });

    let app = Router::new()
        .route("/v1/quotes", get(|| async { "[]" }))
        .fallback(|| async { axum::http::StatusCode::NOT_FOUND });
    let addr: SocketAddr = "0.0.0.0:9443".parse()?;
    bind_rustls(addr, tls).serve(app.into_make_service()).await?;
    Ok(())
}
