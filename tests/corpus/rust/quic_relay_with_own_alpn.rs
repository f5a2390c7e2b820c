//! Relay over QUIC and TCP: one mutual configuration, cloned and changed for either.

use std::net::{Ipv6Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Result;
use quinn::crypto::rustls::QuicServerConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

fn base() -> Result<ServerConfig> {
    let mut relays = RootCertStore::empty();
    relays.add(CertificateDer::from_pem_file("relays.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(relays)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("relay.pem")?],
        PrivateKeyDer::from_pem_file("relay.key")?,
    )?)
}

#[tokio::main]
async fn main() -> Result<()> {
    let tcp = Arc::new(base()?);
    let mut quic = ServerConfig::clone(&tcp);
    quic.alpn_protocols = vec![b"relay".to_vec()];

    let crypto = QuicServerConfig::try_from(quic)?;
    let config = quinn::ServerConfig::with_crypto(Arc::new(crypto));
    let everywhere = SocketAddr::from((Ipv6Addr::UNSPECIFIED, 7443));
    let endpoint = quinn::Endpoint::server(config, everywhere)?;

    let acceptor = TlsAcceptor::from(tcp);
    let listener = tokio::net::TcpListener::bind(everywhere).await?;
    loop {
        tokio::select! {
            Some(incoming) = endpoint.accept() => drop(incoming.await?),
            Ok((socket, _)) = listener.accept() => drop(acceptor.accept(socket).await?),
        }
    }
}
