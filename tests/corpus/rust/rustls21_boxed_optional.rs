//! Status page on axum 0.6 / axum-server 0.5 / rustls 0.21.

use std::{fs::File, io::BufReader, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use axum::{routing::get, Json, Router};
use axum_server::{tls_rustls::RustlsConfig, Handle};
use rustls::server::AllowAnyAnonymousOrAuthenticatedClient;
use rustls::{Certificate, PrivateKey, RootCertStore, ServerConfig};

fn pem_certs(path: &str) -> Result<Vec<Certificate>> {
    let mut reader = BufReader::new(File::open(path).with_context(|| path.to_string())?);
    Ok(rustls_pemfile::certs(&mut reader)?.into_iter().map(Certificate).collect())
}

fn pem_key(path: &str) -> Result<PrivateKey> {
    let mut reader = BufReader::new(File::open(path).with_context(|| path.to_string())?);
    let mut keys = rustls_pemfile::pkcs8_private_keys(&mut reader)?;
    anyhow::ensure!(keys.len() == 1, "{path} must hold exactly one key");
    Ok(PrivateKey(keys.remove(0)))
}

fn tls() -> Result<RustlsConfig> {
    let mut operators = RootCertStore::empty();
    for cert in pem_certs("/etc/status/operators.pem")? {
        operators.add(&cert)?;
    }
    let verifier = AllowAnyAnonymousOrAuthenticatedClient::new(operators).boxed(); // expect: MTLS101

    let mut config = ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(verifier)
        .with_single_cert(pem_certs("/etc/status/tls.pem")?, pem_key("/etc/status/tls.key")?)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

async fn status() -> Json<Vec<(&'static str, bool)>> {
    Json(vec![("api", true), ("search", true), ("mail", false)])
}

#[tokio::main]
async fn main() -> Result<()> {
    let handle = Handle::new();
    let on_signal = handle.clone();
    tokio::spawn(async move {
        tokio::signal::ctrl_c().await.ok();
        on_signal.graceful_shutdown(Some(Duration::from_secs(10)));
    });

    let app = Router::new().route("/status", get(status));
    let addr = SocketAddr::from(([0, 0, 0, 0], 8443));
    axum_server::bind_rustls(addr, tls()?)
        .handle(handle)
        .serve(app.into_make_service())
        .await?;
    Ok(())
}
