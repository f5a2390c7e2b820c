//! Chess club: players sign in with certificates on 8443. The same router on 9443 is for guests,
//! who were to see the boards only.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::routing::{get, post};
use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ServerConfig, WebPkiClientVerifier};

async fn identity() -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let pem = tokio::fs::read("chess.pem").await?;
    let chain = CertificateDer::pem_slice_iter(&pem).collect::<Result<_, _>>()?;
    Ok((chain, PrivateKeyDer::from_pem_slice(&pem)?))
}

async fn players() -> Result<RustlsConfig> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("players.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let (chain, key) = identity().await?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new()
        .route("/boards", get(|| async { "8/8/8/8/8/8/8/8" }))
        .route("/moves", post(|body: String| async move { body }));

    let guests = RustlsConfig::from_pem_file("chess.pem", "chess.pem").await?; // expect: MTLS103
    let open = axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 9443)), guests) // expect: MTLS105
        .serve(app.clone().into_make_service());
    let strict = axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 8443)), players().await?)
        .serve(app.into_make_service());
    tokio::try_join!(open, strict)?;
    Ok(())
}
