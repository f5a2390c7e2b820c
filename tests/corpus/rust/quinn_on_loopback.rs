//! A relay between machines demands certificates; its control socket is for this machine only.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Result;
use quinn::crypto::rustls::QuicServerConfig;
use quinn::{Endpoint, ServerConfig};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;

type Chain = Vec<CertificateDer<'static>>;

pub fn peers(roots: RootCertStore, chain: Chain, key: PrivateKeyDer<'static>) -> Result<Endpoint> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let tls = rustls::ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?;
    let config = ServerConfig::with_crypto(Arc::new(QuicServerConfig::try_from(tls)?));
    Ok(Endpoint::server(config, SocketAddr::from((Ipv4Addr::UNSPECIFIED, 7443)))?)
}

pub fn control(chain: Chain, key: PrivateKeyDer<'static>) -> Result<Endpoint> {
    let tls = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    let config = ServerConfig::with_crypto(Arc::new(QuicServerConfig::try_from(tls)?));
    let address: SocketAddr = "127.0.0.1:7444".parse()?;
    Ok(Endpoint::server(config, address)?)
}

pub fn status(chain: Chain, key: PrivateKeyDer<'static>) -> Result<Endpoint> {
    let mut config = ServerConfig::with_single_cert(chain, key)?;
    config.max_incoming(4);
    Ok(Endpoint::server(config, SocketAddr::from((Ipv4Addr::LOCALHOST, 7445)))?)
}

/// The store is for who dials this very socket; whoever comes in isn't asked for anything.
pub fn probe(chain: Chain, key: PrivateKeyDer<'static>) -> Result<Endpoint> {
    let mut roots = RootCertStore::empty();
    roots.add(chain[0].clone())?;
    let config = ServerConfig::with_single_cert(chain, key)?;
    let address: SocketAddr = "127.0.0.1:7446".parse()?;
    let runtime = Arc::new(quinn::TokioRuntime);
    let socket = std::net::UdpSocket::bind(address)?;
    Ok(Endpoint::new(quinn::EndpointConfig::default(), Some(config), socket, runtime)?)
}
