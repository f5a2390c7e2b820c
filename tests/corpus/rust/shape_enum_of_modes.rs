//! Ferry radio: the project's own three modes, each turned into what rustls has for it.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientAuth {
    Off,
    Optional,
    #[default]
    Required,
}

impl ClientAuth {
    pub fn verifier(
        self,
        roots: Arc<RootCertStore>,
    ) -> Result<Arc<dyn ClientCertVerifier>, VerifierBuilderError> {
        use ClientAuth::*;
        match self {
            Off => Ok(WebPkiClientVerifier::no_client_auth()), // expect: MTLS103
            Optional => WebPkiClientVerifier::builder(roots)
                .allow_unauthenticated() // expect: MTLS101
                .build(),
            Required => WebPkiClientVerifier::builder(roots).build(),
        }
    }
}

pub struct Radio {
    pub auth: ClientAuth,
    pub roots: Arc<RootCertStore>,
}

impl Radio {
    pub fn config(
        &self,
        chain: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
    ) -> Result<ServerConfig, Box<dyn std::error::Error>> {
        let verifier = self.auth.verifier(self.roots.clone())?;
        let config = ServerConfig::builder().with_client_cert_verifier(verifier);
        Ok(config.with_single_cert(chain, key)?)
    }
}
