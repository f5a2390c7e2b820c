//! Inventory API. `RustlsConfig::from_pem_file` can't ask for client certificates, so the
//! configuration is built by hand and handed over.

use std::net::{Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::{extract::Query, response::IntoResponse, routing::get, Json, Router};
use axum_server::tls_rustls::RustlsConfig;
use axum_server::Handle;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};
use serde::Deserialize;

#[derive(Deserialize)]
struct Filter {
    #[serde(default)]
    warehouse: Option<String>,
}

async fn items(Query(filter): Query<Filter>) -> impl IntoResponse {
    let all = [("bolt", "north"), ("nut", "south")];
    let chosen: Vec<_> = all
        .into_iter()
        .filter(|(_, place)| filter.warehouse.as_deref().is_none_or(|want| want == *place))
        .collect();
    Json(chosen)
}

async fn tls(dir: &Path) -> anyhow::Result<RustlsConfig> {
    let ca = tokio::fs::read(dir.join("clients.pem")).await.context("clients.pem")?;
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_slice_iter(&ca) {
        roots.add(cert?)?;
    }
    let chain = tokio::fs::read(dir.join("chain.pem")).await.context("chain.pem")?;
    let key = tokio::fs::read(dir.join("key.pem")).await.context("key.pem")?;

    let mut config = ServerConfig::builder()
        .with_client_cert_verifier(WebPkiClientVerifier::builder(roots.into()).build()?)
        .with_single_cert(
            CertificateDer::pem_slice_iter(&chain).collect::<Result<_, _>>()?,
            PrivateKeyDer::from_pem_slice(&key)?,
        )?;
    config.alpn_protocols = vec![b"h2".into(), b"http/1.1".into()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let handle = Handle::new();
    tokio::spawn({
        let handle = handle.clone();
        async move {
            let _ = tokio::signal::ctrl_c().await;
            handle.graceful_shutdown(Some(Duration::from_secs(30)));
        }
    });

    let app = Router::new().route("/items", get(items));
    let addr = SocketAddr::from((Ipv6Addr::UNSPECIFIED, 8443));
    let config = tls(Path::new("/etc/inventory")).await?;
    axum_server::bind_rustls(addr, config)
        .handle(handle)
        .serve(app.into_make_service())
        .await?;
    Ok(())
}
