//! Weighbridge, rustls 0.21: every step of the builder is taken by hand.

use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::cipher_suite::{TLS13_AES_128_GCM_SHA256, TLS13_CHACHA20_POLY1305_SHA256};
use rustls::kx_group::{SECP256R1, X25519};
use rustls::server::{AllowAnyAnonymousOrAuthenticatedClient, UnparsedCertRevocationList};
use rustls::version::TLS13;
use rustls::{Certificate, PrivateKey, RootCertStore, ServerConfig};

pub fn weighbridge(
    hauliers: RootCertStore,
    crl: Vec<u8>,
    chain: Vec<Certificate>,
    key: PrivateKey,
) -> Result<Arc<ServerConfig>> {
    let verifier = AllowAnyAnonymousOrAuthenticatedClient::new(hauliers) // expect: MTLS101
        .with_crls([UnparsedCertRevocationList(crl)])
        .map_err(|error| anyhow::anyhow!("hauliers.crl: {error:?}"))?;
    let mut config = ServerConfig::builder()
        .with_cipher_suites(&[TLS13_AES_128_GCM_SHA256, TLS13_CHACHA20_POLY1305_SHA256])
        .with_kx_groups(&[&X25519, &SECP256R1])
        .with_protocol_versions(&[&TLS13])
        .context("suites and versions")?
        .with_client_cert_verifier(Arc::new(verifier))
        .with_single_cert(chain, key)?;
    config.max_fragment_size = Some(4096);
    config.key_log = Arc::new(rustls::KeyLogFile::new());
    Ok(Arc::new(config))
}
