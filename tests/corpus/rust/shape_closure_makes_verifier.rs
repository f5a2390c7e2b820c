//! Bell foundry: a closure makes the verifier, once so and once so.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub struct Ports {
    pub foundry: ServerConfig,
    pub shop: ServerConfig,
}

pub fn ports(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> anyhow::Result<Ports> {
    let roots = Arc::new(roots);
    let verifier = |anonymous: bool| {
        let builder = WebPkiClientVerifier::builder(roots.clone());
        if anonymous {
            builder.allow_unauthenticated().build() // expect: MTLS101
        } else {
            builder.build()
        }
    };
    let config = |verifier| -> Result<ServerConfig, rustls::Error> {
        ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(chain.clone(), key.clone_key())
    };
    Ok(Ports { foundry: config(verifier(false)?)?, shop: config(verifier(true)?)? })
}
