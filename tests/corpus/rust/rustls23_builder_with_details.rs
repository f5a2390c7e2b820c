//! Node on a machine without a clock: time comes from the GPS receiver.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use rustls::crypto::{aws_lc_rs, CryptoProvider};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::{ParsedCertificate, WebPkiClientVerifier};
use rustls::time_provider::TimeProvider;
use rustls::{RootCertStore, ServerConfig};

#[derive(Debug)]
struct Receiver;

impl TimeProvider for Receiver {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = std::fs::read_to_string("/run/gps/time").ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds.trim().parse().ok()?)))
    }
}

fn provider() -> CryptoProvider {
    CryptoProvider {
        cipher_suites: vec![aws_lc_rs::cipher_suite::TLS13_AES_256_GCM_SHA384],
        ..aws_lc_rs::default_provider()
    }
}

pub fn buoy(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig> {
    let leaf = chain.first().context("empty chain")?;
    ParsedCertificate::try_from(leaf).context("not a certificate")?;

    let provider = Arc::new(provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .context("ships")?;
    let builder = ServerConfig::builder_with_details(provider, Arc::new(Receiver))
        .with_protocol_versions(&[&rustls::version::TLS13])?;
    Ok(builder.with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}
