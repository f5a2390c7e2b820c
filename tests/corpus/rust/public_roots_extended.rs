//! Mail lists: any server with a web certificate may submit. Two generations of the same idea.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub fn submitters() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()); // expect: MTLS106
    roots
}

pub fn submission(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> anyhow::Result<ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(submitters())).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

pub fn archive(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> anyhow::Result<ServerConfig> {
    let mut readers = RootCertStore::empty();
    for cert in rustls_native_certs::load_native_certs()? { // expect: MTLS106
        readers.add(cert)?;
    }
    readers.add(CertificateDer::from(std::fs::read("readers.der")?))?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(readers)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}
