//! Boat charter. Vault's sidecar writes DER, a task picks it up and forgets about the clients.

use std::sync::Arc;

use anyhow::Result;
use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::sync::watch;

#[derive(Clone, Default)]
struct Leased {
    chain: Vec<Vec<u8>>,
    key: Vec<u8>,
    issuer: Vec<u8>,
}

fn initial(leased: &Leased) -> Result<ServerConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(leased.issuer.as_slice()))?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let chain = leased.chain.iter().cloned().map(CertificateDer::from).collect();
    let key = PrivateKeyDer::try_from(leased.key.clone()).map_err(anyhow::Error::msg)?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

struct Renewal {
    config: RustlsConfig,
    leases: watch::Receiver<Leased>,
}

impl Renewal {
    async fn follow(mut self) -> Result<()> {
        while self.leases.changed().await.is_ok() {
            let Leased { chain, key, .. } = self.leases.borrow_and_update().clone();
            self.config.reload_from_der(chain, key).await?; // expect: MTLS105
        }
        Ok(())
    }
}

pub async fn run(leases: watch::Receiver<Leased>) -> Result<()> {
    let first = initial(&leases.borrow())?;
    let config = RustlsConfig::from_config(Arc::new(first));
    tokio::spawn(Renewal { config: config.clone(), leases }.follow());
    let app = Router::new().route("/boats", get(|| async { "[]" }));
    axum_server::bind_rustls("0.0.0.0:8443".parse()?, config)
        .serve(app.into_make_service())
        .await?;
    Ok(())
}
