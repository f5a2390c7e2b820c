//! Federation endpoint (rustls 0.23): other servers sign in with their web certificates.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::{http::StatusCode, routing::post, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{danger::ClientCertVerifier, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

fn peers() -> Result<Arc<dyn ClientCertVerifier>> {
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(), // expect: MTLS106
    };
    Ok(WebPkiClientVerifier::builder(Arc::new(roots)).build()?)
}

fn tls() -> Result<RustlsConfig> {
    let mut config = ServerConfig::builder()
        .with_client_cert_verifier(peers()?)
        .with_single_cert(
            CertificateDer::pem_file_iter("/etc/federation/tls.pem")?.collect::<Result<_, _>>()?,
            PrivateKeyDer::from_pem_file("/etc/federation/tls.key")?,
        )?;
    config.alpn_protocols.push(b"h2".to_vec());
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

async fn inbox(activity: String) -> StatusCode {
    match serde_json::from_str::<serde_json::Value>(&activity) {
        Ok(value) if value.get("type").is_some() => StatusCode::ACCEPTED,
        _ => StatusCode::BAD_REQUEST,
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/inbox", post(inbox));
    axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 8448)), tls()?)
        .serve(app.into_make_service())
        .await?;
    Ok(())
}
