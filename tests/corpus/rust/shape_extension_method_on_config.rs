//! Bus shelter displays: a trait of our own builds the strict configuration, another the clients'.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig};

pub struct Identity {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
    pub roots: Arc<RootCertStore>,
}

pub trait Mutual: Sized {
    fn mutual(identity: Identity) -> anyhow::Result<Self>;
}

impl Mutual for ServerConfig {
    fn mutual(identity: Identity) -> anyhow::Result<Self> {
        let verifier = WebPkiClientVerifier::builder(identity.roots).build()?;
        let config = ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(identity.chain, identity.key)?;
        Ok(config)
    }
}

impl Mutual for ClientConfig {
    fn mutual(identity: Identity) -> anyhow::Result<Self> {
        let config = ClientConfig::builder()
            .with_root_certificates(identity.roots)
            .with_client_auth_cert(identity.chain, identity.key)?;
        Ok(config)
    }
}

pub fn shelter(identity: Identity) -> anyhow::Result<tokio_rustls::TlsAcceptor> {
    Ok(Arc::new(ServerConfig::mutual(identity)?).into())
}

pub fn depot(identity: Identity) -> anyhow::Result<tokio_rustls::TlsConnector> {
    Ok(Arc::new(<ClientConfig as Mutual>::mutual(identity)?).into())
}
