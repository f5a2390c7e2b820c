//! Buoy relay: started, and started anew when the fleet's operator offers another configuration. It
//! serves over mutual TLS or, while a fleet is set up, over plaintext: never both at once.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use axum::{routing::post, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::sync::watch::Receiver;
use tokio::task::JoinHandle;

#[derive(Clone, serde::Deserialize)]
struct Settings {
    relay: Option<Relay>,
}

#[derive(Clone, serde::Deserialize)]
struct Relay {
    listen: SocketAddr,
    tls: Option<Files>,
}

#[derive(Clone, serde::Deserialize)]
struct Files {
    chain: PathBuf,
    key: PathBuf,
    fleet: PathBuf,
    revoked: PathBuf,
}

async fn over_plaintext(app: Router, listen: SocketAddr) -> Result<()> {
    let listener = tokio::net::TcpListener::bind(listen).await?;
    tracing::warn!(%listen, "the relay isn't encrypted");
    axum::serve(listener, app).await?;
    Ok(())
}

async fn over_tls(app: Router, listen: SocketAddr, files: &Files) -> Result<()> {
    let config = RustlsConfig::from_config(mutual(files)?);
    axum_server::bind_rustls(listen, config).serve(app.into_make_service()).await?;
    Ok(())
}

fn mutual(files: &Files) -> Result<Arc<ServerConfig>> {
    let mut fleet = RootCertStore::empty();
    fleet.add(CertificateDer::from_pem_file(&files.fleet)?)?;
    let revoked = CertificateRevocationListDer::from_pem_file(&files.revoked)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(fleet)).with_crls([revoked]).build()?;
    let chain = vec![CertificateDer::from_pem_file(&files.chain)?];
    let key = PrivateKeyDer::from_pem_file(&files.key)?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier);
    Ok(Arc::new(config.with_single_cert(chain, key)?))
}

async fn run(settings: Settings) -> Result<()> {
    let Some(relay) = &settings.relay else {
        return Ok(());
    };
    let app = Router::new().route("/readings", post(|body: String| async move { body.len().to_string() }));
    match &relay.tls {
        Some(files) => over_tls(app, relay.listen, files).await,
        None => over_plaintext(app, relay.listen).await,
    }
}

fn spawn_relay(settings: &Settings) -> JoinHandle<()> {
    let settings = settings.clone();
    tokio::spawn(async move {
        if let Err(error) = run(settings).await {
            tracing::error!(%error, "the relay stopped");
        }
    })
}

fn load(path: &Path) -> Result<Settings> {
    Ok(toml::from_str(&std::fs::read_to_string(path)?)?)
}

async fn supervise(path: &Path, mut offers: Receiver<()>) -> Result<()> {
    let mut relay = spawn_relay(&load(path)?);
    while offers.changed().await.is_ok() {
        relay.abort();
        relay = spawn_relay(&load(path)?);
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let (sender, offers) = tokio::sync::watch::channel(());
    tokio::spawn(async move { while sender.send(()).is_ok() { operator().await } });
    supervise(Path::new("/etc/relay.toml"), offers).await
}

async fn operator() {
    tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
}
