//! Beer festival: axum-server on port 80, only to send everybody to 443.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::extract::Host;
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect};
use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};

async fn to_https(Host(host): Host, uri: Uri) -> impl IntoResponse {
    let host = host.split(':').next().unwrap_or_default();
    Redirect::permanent(&format!("https://{host}{uri}"))
}

fn stands() -> Result<RustlsConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("stands.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("festival.pem")?],
        PrivateKeyDer::from_pem_file("festival.key")?,
    )?;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let redirects = Router::new().fallback(to_https);
    let plain = axum_server::bind(SocketAddr::from(([0, 0, 0, 0], 80)))
        .serve(redirects.into_make_service());
    let app = Router::new().route("/beers", get(|| async { "stout, porter" }));
    let tls = axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 443)), stands()?)
        .serve(app.into_make_service());
    tokio::try_join!(plain, tls)?;
    Ok(())
}
