//! Cheese cellar: TLS comes from whatever implements the trait. One of the two is lax.

use std::sync::Arc;

use async_trait::async_trait;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

#[async_trait]
pub trait TlsSource: Send + Sync {
    async fn server_config(&self) -> anyhow::Result<ServerConfig>;
}

pub struct Disk {
    pub dir: String,
}

pub struct Memory {
    pub ca: CertificateDer<'static>,
    pub chain: Vec<CertificateDer<'static>>,
    pub key: Arc<PrivateKeyDer<'static>>,
}

#[async_trait]
impl TlsSource for Disk {
    async fn server_config(&self) -> anyhow::Result<ServerConfig> {
        let dir = self.dir.clone();
        tokio::task::spawn_blocking(move || {
            let mut roots = RootCertStore::empty();
            roots.add(CertificateDer::from_pem_file(format!("{dir}/ca.pem"))?)?;
            let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
            Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
                vec![CertificateDer::from_pem_file(format!("{dir}/tls.pem"))?],
                PrivateKeyDer::from_pem_file(format!("{dir}/tls.key"))?,
            )?)
        })
        .await?
    }
}

#[async_trait]
impl TlsSource for Memory {
    async fn server_config(&self) -> anyhow::Result<ServerConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.ca.clone())?;
        let verifier = WebPkiClientVerifier::builder(Arc::new(roots))
            .allow_unauthenticated() // expect: MTLS101
            .build()?;
        let key = self.key.clone_key();
        Ok(ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(self.chain.clone(), key)?)
    }
}

pub async fn acceptor(source: &dyn TlsSource) -> anyhow::Result<tokio_rustls::TlsAcceptor> {
    Ok(Arc::new(source.server_config().await?).into())
}
