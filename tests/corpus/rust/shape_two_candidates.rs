//! Sheep dog trials. Two modules have a `verifier`, and each caller has its own.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::{RootCertStore, ServerConfig};

mod judges {
    use super::*;

    pub fn verifier(roots: Arc<RootCertStore>) -> Arc<dyn ClientCertVerifier> {
        rustls::server::WebPkiClientVerifier::builder(roots).build().expect("judges")
    }
}

mod spectators {
    use super::*;

    pub fn verifier(roots: Arc<RootCertStore>) -> Arc<dyn ClientCertVerifier> {
        let builder = rustls::server::WebPkiClientVerifier::builder(roots);
        builder.allow_unauthenticated().build().expect("spectators") // expect: MTLS101
    }
}

/// Calls itself with what it was given: nothing to learn here.
fn circular(roots: Arc<RootCertStore>, depth: u8) -> Arc<dyn ClientCertVerifier> {
    if depth > 3 { judges::verifier(roots) } else { circular(roots, depth + 1) }
}

type Own = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

pub fn scores(roots: Arc<RootCertStore>, own: Own) -> Result<ServerConfig, rustls::Error> {
    let verifier = judges::verifier(roots);
    ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(own.0, own.1)
}

pub fn times(roots: Arc<RootCertStore>, own: Own) -> Result<ServerConfig, rustls::Error> {
    let verifier = spectators::verifier(roots);
    ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(own.0, own.1)
}

pub fn weather(roots: Arc<RootCertStore>, own: Own) -> Result<ServerConfig, rustls::Error> {
    let verifier = circular(roots, 0);
    ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(own.0, own.1)
}
