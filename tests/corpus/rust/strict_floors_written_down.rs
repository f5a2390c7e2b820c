//! The same hub a year later: each floor is written down, presets or not.
// corpus: profile=strict

use std::sync::Arc;

use anyhow::Result;
use native_tls::{Certificate, Identity, Protocol, TlsConnector};
use openssl::ssl::{SslAcceptor, SslConnector, SslFiletype, SslMethod, SslVerifyMode, SslVersion};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore, ServerConfig, SupportedProtocolVersion};

type Chain = Vec<CertificateDer<'static>>;
type Key = PrivateKeyDer<'static>;

static VERSIONS: &[&SupportedProtocolVersion] = &[&TLS13, &TLS12];

pub fn incoming(sensors: Arc<RootCertStore>, chain: Chain, key: Key) -> Result<ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(sensors).build()?; // expect: MTLS601
    Ok(ServerConfig::builder_with_protocol_versions(VERSIONS)
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?)
}

pub fn outgoing(roots: RootCertStore, chain: Chain, key: Key) -> Result<ClientConfig> {
    let builder = ClientConfig::builder_with_protocol_versions(&[&TLS13]);
    Ok(builder.with_root_certificates(roots).with_client_auth_cert(chain, key)?)
}

pub fn panel() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?; // expect: MTLS601
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_certificate_chain_file("/etc/hub/tls.pem")?;
    builder.set_private_key_file("/etc/hub/tls.key", SslFiletype::PEM)?;
    builder.set_ca_file("/etc/hub/panels.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}

pub fn vendor() -> Result<SslConnector> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_3))?;
    builder.set_ca_file("/etc/hub/vendor.pem")?;
    Ok(builder.build())
}

pub fn broker(ca: &[u8], identity: Identity) -> Result<TlsConnector> {
    Ok(TlsConnector::builder()
        .add_root_certificate(Certificate::from_pem(ca)?)
        .disable_built_in_roots(true)
        .identity(identity)
        .min_protocol_version(Some(Protocol::Tlsv12))
        .build()?)
}
