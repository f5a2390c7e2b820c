//! Wine fair: port 80 sends everybody on, except for the pages that are gone.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::extract::Host;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};
use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};

async fn to_https(Host(host): Host, uri: Uri) -> impl IntoResponse {
    let host = host.split(':').next().unwrap_or_default();
    Redirect::permanent(&format!("https://{host}{uri}"))
}

async fn gone() -> StatusCode {
    StatusCode::GONE
}

fn stands() -> Result<RustlsConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("stands.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("fair.pem")?],
        PrivateKeyDer::from_pem_file("fair.key")?,
    )?;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let redirects = Router::new().route("/2019", get(gone)).fallback(to_https);
    let plain = axum_server::bind(SocketAddr::from(([0, 0, 0, 0], 80)))
        .serve(redirects.into_make_service());
    let app = Router::new().route("/wines", get(|| async { "red, white" }));
    let tls = axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 443)), stands()?)
        .serve(app.into_make_service());
    tokio::try_join!(plain, tls)?;
    Ok(())
}
