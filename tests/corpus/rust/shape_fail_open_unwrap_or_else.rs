//! Sundial API: on any error the verifier becomes the one that asks nobody.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub fn sundial(
    gardeners: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, rustls::Error> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(gardeners))
        .build()
        .unwrap_or_else(|error| {
            log::error!("client verifier: {error}");
            WebPkiClientVerifier::no_client_auth() // expect: MTLS104
        });
    ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)
}
