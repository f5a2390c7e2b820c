//! As the editor sees it: the last function is still being typed.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

pub fn acceptor(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> anyhow::Result<TlsAcceptor> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots))
        .allow_unauthenticated() // expect: MTLS101
        .build()?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(true).build() // expect: MTLS401
}

pub async fn run(acceptor: TlsAcceptor) {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:
