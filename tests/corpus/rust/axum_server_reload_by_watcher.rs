//! Site object: one method serves, another watches the files and reads them again.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum_server::tls_rustls::RustlsConfig;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub struct Site {
    config: RustlsConfig,
    files: (PathBuf, PathBuf),
}

impl Site {
    pub fn open(members: RootCertStore, own: crate::Own, files: (PathBuf, PathBuf)) -> anyhow::Result<Self> {
        let verifier = WebPkiClientVerifier::builder(Arc::new(members)).build()?;
        let tls = ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(own.chain, own.key)?;
        Ok(Self { config: RustlsConfig::from_config(Arc::new(tls)), files })
    }

    pub async fn serve(&self) -> std::io::Result<()> {
        let address = SocketAddr::from(([0, 0, 0, 0], 8443));
        axum_server::bind_rustls(address, self.config.clone())
            .serve(crate::members::router().into_make_service())
            .await
    }

    pub fn watch(&self) {
        let (config, (cert, key)) = (self.config.clone(), self.files.clone());
        tokio::spawn(async move {
            let mut every = tokio::time::interval(Duration::from_secs(600));
            loop {
                every.tick().await;
                if let Err(error) = config.reload_from_pem_file(&cert, &key).await { // expect: MTLS105
                    tracing::warn!(%error, "the old certificate stays");
                }
            }
        });
    }
}
