//! Game lobby over QUIC: a reconnect must not cost a round trip.

use std::net::{Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use quinn::crypto::rustls::{QuicClientConfig, QuicServerConfig};
use quinn::{ClientConfig, Endpoint, ServerConfig, TransportConfig};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;

struct Tls {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    players: Arc<RootCertStore>,
}

impl Tls {
    fn load() -> Result<Tls> {
        let mut players = RootCertStore::empty();
        for cert in CertificateDer::pem_file_iter("/etc/lobby/players.pem")? {
            players.add(cert?)?;
        }
        Ok(Tls {
            chain: CertificateDer::pem_file_iter("/etc/lobby/tls.pem")?
                .collect::<Result<_, _>>()
                .context("tls.pem")?,
            key: PrivateKeyDer::from_pem_file("/etc/lobby/tls.key").context("tls.key")?,
            players: Arc::new(players),
        })
    }

    fn server(&self) -> Result<ServerConfig> {
        let verifier = WebPkiClientVerifier::builder(self.players.clone()).build()?;
        let mut crypto = rustls::ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(self.chain.clone(), self.key.clone_key())?;
        crypto.alpn_protocols = vec![b"lobby/2".to_vec()];
        crypto.max_early_data_size = u32::MAX; // expect: MTLS204
        let mut config = ServerConfig::with_crypto(Arc::new(QuicServerConfig::try_from(crypto)?));
        let mut transport = TransportConfig::default();
        transport.keep_alive_interval(Some(Duration::from_secs(10)));
        config.transport_config(Arc::new(transport));
        Ok(config)
    }

    /// Lobbies call each other; what a client sends early is for the server to refuse.
    fn client(&self) -> Result<ClientConfig> {
        let mut crypto = rustls::ClientConfig::builder()
            .with_root_certificates(self.players.clone())
            .with_client_auth_cert(self.chain.clone(), self.key.clone_key())?;
        crypto.alpn_protocols = vec![b"lobby/2".to_vec()];
        crypto.enable_early_data = true;
        Ok(ClientConfig::new(Arc::new(QuicClientConfig::try_from(crypto)?)))
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let tls = Tls::load()?;
    let mut endpoint =
        Endpoint::server(tls.server()?, SocketAddr::from((Ipv6Addr::UNSPECIFIED, 4600)))?;
    endpoint.set_default_client_config(tls.client()?);
    while let Some(incoming) = endpoint.accept().await {
        tokio::spawn(async move {
            let Ok(connecting) = incoming.accept() else { return };
            let connection = match connecting.into_0rtt() {
                Ok((connection, _)) => connection,
                Err(connecting) => match connecting.await {
                    Ok(connection) => connection,
                    Err(_) => return,
                },
            };
            connection.close(0u32.into(), b"full");
        });
    }
    Ok(())
}
