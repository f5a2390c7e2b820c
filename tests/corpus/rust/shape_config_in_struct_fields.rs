//! Glass factory: a builder object keeps rustls' own builder in a field, between its methods.

use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ClientCertVerifierBuilder, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

pub struct Listener {
    clients: ClientCertVerifierBuilder,
    chain: Vec<CertificateDer<'static>>,
    key: Option<PrivateKeyDer<'static>>,
}

impl Listener {
    pub fn new(roots: RootCertStore) -> Self {
        Listener {
            clients: WebPkiClientVerifier::builder(Arc::new(roots)),
            chain: Vec::new(),
            key: None,
        }
    }

    pub fn identity(mut self, dir: &str) -> Result<Self> {
        self.chain = CertificateDer::pem_file_iter(format!("{dir}/tls.pem"))?.collect::<Result<_, _>>()?;
        self.key = Some(PrivateKeyDer::from_pem_file(format!("{dir}/tls.key"))?);
        Ok(self)
    }

    pub fn visitors_welcome(mut self) -> Self {
        self.clients = self.clients.allow_unauthenticated(); // expect: MTLS101
        self
    }

    pub fn build(self) -> Result<ServerConfig> {
        let verifier = self.clients.build()?;
        let key = self.key.context("no identity")?;
        Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(self.chain, key)?)
    }
}

pub fn furnace(roots: RootCertStore) -> Result<ServerConfig> {
    Listener::new(roots).identity("/etc/glass")?.build()
}

pub fn shop(roots: RootCertStore) -> Result<ServerConfig> {
    Listener::new(roots).identity("/etc/glass")?.visitors_welcome().build()
}
