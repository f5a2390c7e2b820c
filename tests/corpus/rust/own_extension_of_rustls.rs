//! The company's extension trait gives rustls builders the verbs that auditors ask for. Their
//! bodies are in order, so the calls are.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{WantsServerCert, WebPkiClientVerifier};
use rustls::{ConfigBuilder, RootCertStore, ServerConfig, WantsVerifier};

pub trait MutualTls {
    /// Named after what our policy says; rustls itself has no such method.
    fn with_client_auth_mandatory(
        self,
        roots: RootCertStore,
    ) -> anyhow::Result<ConfigBuilder<ServerConfig, WantsServerCert>>;
}

impl MutualTls for ConfigBuilder<ServerConfig, WantsVerifier> {
    fn with_client_auth_mandatory(
        self,
        roots: RootCertStore,
    ) -> anyhow::Result<ConfigBuilder<ServerConfig, WantsServerCert>> {
        let verifier = WebPkiClientVerifier::builder(Arc::new(roots))
            .build()?;
        Ok(self.with_client_cert_verifier(verifier))
    }
}

pub fn turnstile(
    guards: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> anyhow::Result<ServerConfig> {
    Ok(ServerConfig::builder().with_client_auth_mandatory(guards)?.with_single_cert(chain, key)?)
}
