//! {{project-name}}: what `cargo generate` makes of this is for the one who runs it to say.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::{routing::get, Router};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

/// Placeholders: `{{listen}}`, `{{ca_file}}`, `${TLS_DIR}`, `__CLIENT_AUTH__`.
const LISTEN: &str = "{{listen}}";

fn client_ca() -> Result<Arc<RootCertStore>> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("{{ca_file}}").context("{{ca_file}}")? {
        roots.add(cert?)?;
    }
    Ok(Arc::new(roots))
}

fn tls() -> Result<ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(client_ca()?).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        CertificateDer::pem_file_iter("${TLS_DIR}/tls.pem")?.collect::<Result<_, _>>()?,
        PrivateKeyDer::from_pem_file("${TLS_DIR}/tls.key")?,
    )?)
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/", get(|| async { "{{project-name}}" }));
    let metrics = Router::new().route("/metrics", get(|| async { "" }));
    let listener = tokio::net::TcpListener::bind("{{metrics_listen}}").await?;
    tokio::spawn(async move { axum::serve(listener, metrics).await });

    let config = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(tls()?));
    let addr: SocketAddr = LISTEN.parse().context("{{listen}}")?;
    axum_server::bind_rustls(addr, config).serve(app.into_make_service()).await?;
    Ok(())
}
