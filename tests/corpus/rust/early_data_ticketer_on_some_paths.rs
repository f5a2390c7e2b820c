//! TLS of the telemetry intake. A fleet behind one name shares tickets; a single node does not.

use std::sync::Arc;

use anyhow::Result;
use rustls::crypto::ring::Ticketer;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ServerSessionMemoryCache, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use serde::Deserialize;

const EARLY_BYTES: u32 = 8 * 1024;

#[derive(Debug, Deserialize)]
pub struct Sessions {
    /// Several nodes behind one name
    pub fleet: bool,
    pub cached: usize,
}

pub struct Material {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
    pub devices: RootCertStore,
}

pub fn intake(material: Material, sessions: &Sessions) -> Result<Arc<ServerConfig>> {
    let Material { chain, key, devices } = material;
    let verifier = WebPkiClientVerifier::builder(Arc::new(devices)).build()?;
    let mut config =
        ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?;

    config.max_early_data_size = EARLY_BYTES; // expect: MTLS204
    if sessions.fleet {
        // rustls heeds no early data then.
        config.ticketer = Ticketer::new()?;
    } else {
        config.session_storage = ServerSessionMemoryCache::new(sessions.cached);
    }
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
