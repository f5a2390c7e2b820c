//! Survey backend. The TLS part was made up by someone who had not read the docs.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::{http::StatusCode, routing::post, Json, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use serde::Deserialize;

#[derive(Deserialize)]
struct Answer {
    question: u32,
    text: String,
}

async fn answer(Json(answer): Json<Answer>) -> StatusCode {
    tracing::info!(question = answer.question, length = answer.text.len(), "answer");
    StatusCode::CREATED
}

fn server_config() -> Result<Arc<ServerConfig>> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("ca.pem")? {
        roots.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let chain = CertificateDer::pem_file_iter("cert.pem")?.collect::<Result<_, _>>()?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, PrivateKeyDer::from_pem_file("key.pem")?)?;
    Ok(Arc::new(config))
}

fn routes() -> Router {
    Router::new().route("/answers", post(answer))
}

pub async fn first_try() -> Result<()> {
    let addr = SocketAddr::from(([0, 0, 0, 0], 8443));
    axum::Server::https(addr, server_config()?).serve(routes().into_make_service()).await?; // expect: MTLS901
    Ok(())
}

pub async fn second_try() -> Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8443").await?;
    axum::serve_tls(listener, routes(), server_config()?).await?; // expect: MTLS901
    Ok(())
}

pub async fn third_try() -> Result<()> {
    let config = RustlsConfig::with_config(server_config()?); // expect: MTLS901
    let addr = SocketAddr::from(([0, 0, 0, 0], 8443));
    axum_server::bind_rustls(addr, config).serve(routes().into_make_service()).await?;
    Ok(())
}
