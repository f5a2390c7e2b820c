//! Postal codes. Two functions of one name, of which the features pick one.

use std::sync::Arc;

use anyhow::Result;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

#[cfg(not(feature = "open-data"))]
fn verifier(roots: RootCertStore) -> Result<Arc<dyn ClientCertVerifier>> {
    Ok(WebPkiClientVerifier::builder(Arc::new(roots)).build()?)
}

#[cfg(feature = "open-data")]
fn verifier(roots: RootCertStore) -> Result<Arc<dyn ClientCertVerifier>> {
    let builder = WebPkiClientVerifier::builder(Arc::new(roots));
    Ok(builder.allow_unauthenticated().build()?) // expect: MTLS101
}

pub fn config(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig> {
    let verifier = verifier(roots)?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}
