//! Museum guide, on the 0.24 pre-release of rustls: new names, old questions.

use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::crypto::{CryptoProvider, Identity};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub struct Door {
    provider: Arc<CryptoProvider>,
    identity: Arc<Identity<'static>>,
    roots: Arc<RootCertStore>,
}

impl Door {
    pub fn staff(&self, key: PrivateKeyDer<'static>) -> Result<ServerConfig> {
        let verifier = WebPkiClientVerifier::builder(self.roots.clone(), &self.provider)
            .build()
            .context("staff")?;
        ServerConfig::builder(self.provider.clone())
            .with_client_cert_verifier(Arc::new(verifier))
            .with_single_cert(self.identity.clone(), key)
            .context("identity")
    }

    pub fn visitors(&self, key: PrivateKeyDer<'static>) -> Result<ServerConfig> {
        let builder = WebPkiClientVerifier::builder(self.roots.clone(), &self.provider);
        let verifier = builder.allow_unauthenticated().build()?; // expect: MTLS101
        ServerConfig::builder(self.provider.clone())
            .with_client_cert_verifier(Arc::new(verifier))
            .with_single_cert(self.identity.clone(), key)
            .context("identity")
    }

    pub fn gift_shop(&self, key: PrivateKeyDer<'static>) -> Result<ServerConfig> {
        let builder = ServerConfig::builder(self.provider.clone());
        let builder = builder.with_no_client_auth(); // expect: MTLS103
        Ok(builder.with_single_cert(self.identity.clone(), key)?)
    }
}
