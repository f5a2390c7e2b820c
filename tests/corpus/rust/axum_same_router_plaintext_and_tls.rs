//! Document store. Port 8443 is for the other services, 8080 was for the old importer.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    routing::{get, put},
    Router,
};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::TcpListener;

#[derive(Clone)]
struct Docs {
    dir: Arc<std::path::Path>,
}

async fn fetch(State(docs): State<Docs>, Path(id): Path<u64>) -> Result<Vec<u8>, StatusCode> {
    tokio::fs::read(docs.dir.join(id.to_string())).await.map_err(|_| StatusCode::NOT_FOUND)
}

async fn store(State(docs): State<Docs>, Path(id): Path<u64>, body: String) -> StatusCode {
    match tokio::fs::write(docs.dir.join(id.to_string()), body).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::INSUFFICIENT_STORAGE,
    }
}

fn service_tls() -> Result<RustlsConfig> {
    let mut services = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/docs/services.pem")? {
        services.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(services)).build()?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            CertificateDer::pem_file_iter("/etc/docs/tls.pem")?.collect::<Result<_, _>>()?,
            PrivateKeyDer::from_pem_file("/etc/docs/tls.key")?,
        )?;
    Ok(RustlsConfig::from_config(config.into()))
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new()
        .route("/docs/{id}", get(fetch))
        .route("/docs/{id}", put(store))
        .with_state(Docs { dir: std::path::Path::new("/var/lib/docs").into() });

    let plain = app.clone();
    tokio::spawn(async move {
        let listener = TcpListener::bind("0.0.0.0:8080").await?;
        axum::serve(listener, plain).await // expect: MTLS105 MTLS302
    });

    let addr: SocketAddr = ([0, 0, 0, 0], 8443).into();
    axum_server::bind_rustls(addr, service_tls()?).serve(app.into_make_service()).await?;
    Ok(())
}
