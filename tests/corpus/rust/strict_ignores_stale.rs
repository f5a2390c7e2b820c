//! Archive node. Its exceptions have outlived their reasons.
// corpus: profile=strict

use std::sync::Arc;

use anyhow::Result;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore, ServerConfig};

type Chain = Vec<CertificateDer<'static>>;
type Key = PrivateKeyDer<'static>;

pub fn readers(clients: Arc<RootCertStore>, chain: Chain, key: Key) -> Result<ServerConfig> {
    // mtlslint: ignore[MTLS101] old readers have no certificate // expect: MTLS903
    let verifier = WebPkiClientVerifier::builder(clients).build()?; // expect: MTLS601
    let mut config = ServerConfig::builder_with_protocol_versions(&[&TLS13, &TLS12])
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?;
    config.max_early_data_size = 0; // mtlslint: ignore[MTLS204] GET only // expect: MTLS903
    Ok(config)
}

pub fn writers(clients: Arc<RootCertStore>, chain: Chain, key: Key) -> Result<ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(clients).build()?; // expect: MTLS601
    // mtlslint: ignore[min-version-implicit] rustls has nothing older
    Ok(ServerConfig::builder()
        .with_client_cert_verifier(verifier) // mtlslint: ignore[MTLS199] // expect: MTLS903
        .with_single_cert(chain, key)?)
}

pub fn replica(roots: RootCertStore, chain: Chain, key: Key) -> Result<ClientConfig> {
    // mtlslint: ignore[client-cert-optoinal] // expect: MTLS903
    let builder = ClientConfig::builder_with_protocol_versions(&[&TLS13]);
    Ok(builder.with_root_certificates(roots).with_client_auth_cert(chain, key)?)
}

/// What a string says is no comment: "mtlslint: ignore[MTLS401]".
pub const HINT: &str = "write // mtlslint: ignore[MTLS401] and a reason";
