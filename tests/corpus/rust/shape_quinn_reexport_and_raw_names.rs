//! Marbles over QUIC. rustls is quinn's own, and a module has a keyword for a name.

mod r#use {
    pub use quinn::rustls::server::WebPkiClientVerifier;
    pub use quinn::rustls::{RootCertStore, ServerConfig};
}

use std::sync::Arc;

use quinn::crypto::rustls::QuicServerConfig;
use quinn::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use r#use::*;

pub fn marbles(
    r#in: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> anyhow::Result<quinn::ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(r#in))
        .allow_unauthenticated() // expect: MTLS101
        .build()?;
    let crypto = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?;
    Ok(quinn::ServerConfig::with_crypto(Arc::new(QuicServerConfig::try_from(crypto)?)))
}
