// corpus: profile=strict
// One cache of sessions for the mutual and for the public side of a gateway.
use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ServerConfig, ServerSessionMemoryCache, StoresServerSessions, WebPkiClientVerifier};
use rustls::RootCertStore;

pub struct Sides {
    pub partners: Arc<ServerConfig>,
    pub visitors: Arc<ServerConfig>,
}

fn cache() -> Arc<dyn StoresServerSessions> {
    ServerSessionMemoryCache::new(4096)
}

pub fn sides(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Sides> {
    let shared = cache();
    let versions = &[&rustls::version::TLS13];

    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)) // expect: MTLS601
        .build()
        .context("partner CA")?;
    let mut partners = ServerConfig::builder_with_protocol_versions(versions)
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain.clone(), key.clone_key())?;
    partners.session_storage = Arc::clone(&shared); // expect: MTLS107

    let mut visitors = ServerConfig::builder_with_protocol_versions(versions)
        .with_no_client_auth() // expect: MTLS103
        .with_single_cert(chain, key)?;
    visitors.session_storage = shared;

    Ok(Sides { partners: Arc::new(partners), visitors: Arc::new(visitors) })
}
