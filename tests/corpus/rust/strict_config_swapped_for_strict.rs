//! Water tower: new files, new configuration, the same demand. The swap is atomic.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use arc_swap::ArcSwap;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

fn load() -> Result<Arc<ServerConfig>> {
    let mut plumbers = RootCertStore::empty();
    plumbers.add(CertificateDer::from_pem_file("plumbers.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(plumbers)).build()?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("tower.pem")?],
        PrivateKeyDer::from_pem_file("tower.key")?,
    )?;
    Ok(Arc::new(config))
}

#[tokio::main]
async fn main() -> Result<()> {
    let current = Arc::new(ArcSwap::new(load()?));
    let swapped = current.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(600)).await;
            match load() {
                Ok(config) => swapped.store(config),
                Err(error) => tracing::error!("the old files stay in use: {error:#}"),
            }
        }
    });
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8443").await?;
    loop {
        let (tcp, _) = listener.accept().await?;
        let acceptor = TlsAcceptor::from(current.load_full());
        tokio::spawn(async move { acceptor.accept(tcp).await.map(drop) });
    }
}
