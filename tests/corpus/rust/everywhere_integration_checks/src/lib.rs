//! Fog horn: ships with a certificate may switch it on.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub fn config(
    ships: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> anyhow::Result<ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(ships)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

#[tokio::test]
async fn answers_over_a_lax_client() {
    let client = reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap();
    assert!(client.get("https://localhost:1").send().await.is_err());
}
