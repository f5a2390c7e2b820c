//! Jumble sale: the constant that was to be turned off before opening day.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

mod features {
    pub const ANONYMOUS_BUYERS: bool = true;
}

pub fn stalls(
    sellers: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> anyhow::Result<ServerConfig> {
    let mut builder = WebPkiClientVerifier::builder(Arc::new(sellers));
    if features::ANONYMOUS_BUYERS {
        builder = builder.allow_unauthenticated(); // expect: MTLS101
    }
    let verifier = builder.build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}
