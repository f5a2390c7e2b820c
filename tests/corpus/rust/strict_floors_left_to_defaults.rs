//! Sensor hub: every side speaks TLS 1.2 at least, since a default says so.
// corpus: profile=strict

use std::sync::Arc;

use anyhow::Result;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig};

type Chain = Vec<CertificateDer<'static>>;
type Key = PrivateKeyDer<'static>;

pub fn incoming(sensors: Arc<RootCertStore>, chain: Chain, key: Key) -> Result<ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(sensors).build()?; // expect: MTLS601
    let builder = ServerConfig::builder(); // expect: MTLS205
    let config = builder.with_client_cert_verifier(verifier).with_single_cert(chain, key)?;
    Ok(config)
}

pub fn outgoing(roots: RootCertStore, chain: Chain, key: Key) -> Result<ClientConfig> {
    Ok(ClientConfig::builder() // expect: MTLS205
        .with_root_certificates(roots)
        .with_client_auth_cert(chain, key)?)
}

/// A constant that gets one version only.
pub fn newest(
    provider: Arc<CryptoProvider>,
    sensors: Arc<RootCertStore>,
    chain: Chain,
    key: Key,
) -> Result<ServerConfig> {
    let verifier =
        WebPkiClientVerifier::builder_with_provider(sensors, provider.clone()).build()?; // expect: MTLS601
    Ok(ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?)
}

pub fn panel() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?; // expect: MTLS205 MTLS601
    builder.set_certificate_chain_file("/etc/hub/tls.pem")?;
    builder.set_private_key_file("/etc/hub/tls.key", SslFiletype::PEM)?;
    builder.set_ca_file("/etc/hub/panels.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}
