//! Configurations in which early data is named and none is accepted.

use std::sync::Arc;

use anyhow::Result;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use rustls::crypto::ring::Ticketer;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig};

type Chain = Vec<CertificateDer<'static>>;
type Key = PrivateKeyDer<'static>;

fn mutual(clients: RootCertStore, chain: Chain, key: Key) -> Result<ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(clients)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

/// With stateless tickets rustls takes no early data, whatever the size.
pub fn stateless(clients: RootCertStore, chain: Chain, key: Key) -> Result<ServerConfig> {
    let mut config = mutual(clients, chain, key)?;
    config.ticketer = Ticketer::new()?;
    config.max_early_data_size = 16 * 1024;
    Ok(config)
}

/// Off is the default; here it is written down.
pub fn written_down(clients: RootCertStore, chain: Chain, key: Key) -> Result<ServerConfig> {
    let mut config = mutual(clients, chain, key)?;
    config.max_early_data_size = 0;
    config.send_half_rtt_data = false;
    Ok(config)
}

/// Whoever calls decides.
pub fn sized(clients: RootCertStore, chain: Chain, key: Key, early: u32) -> Result<ServerConfig> {
    let mut config = mutual(clients, chain, key)?;
    config.max_early_data_size = early;
    Ok(config)
}

/// The client's side of it: it asks, and the server decides.
pub fn eager_client(roots: RootCertStore, chain: Chain, key: Key) -> Result<ClientConfig> {
    let mut config =
        ClientConfig::builder().with_root_certificates(roots).with_client_auth_cert(chain, key)?;
    config.enable_early_data = true;
    Ok(config)
}

pub fn openssl_acceptor(ca: &str) -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("/etc/intake/tls.pem")?;
    builder.set_private_key_file("/etc/intake/tls.key", SslFiletype::PEM)?;
    builder.set_ca_file(ca)?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    // It was 16384 until replayed orders were seen.
    builder.set_max_early_data(0)?;
    Ok(builder.build())
}
