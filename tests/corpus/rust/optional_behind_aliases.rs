//! MQTT bridge. rustls comes through tokio-rustls, under other names.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::rustls::{
    self as tls,
    pki_types::{pem::PemObject as _, CertificateDer, PrivateKeyDer},
    server::{ServerConfig as TlsServer, WebPkiClientVerifier as Peers},
    RootCertStore as Anchors,
};
use tokio_rustls::{server::TlsStream, TlsAcceptor as Acceptor};

struct Bridge {
    acceptor: Acceptor,
    upstream: String,
}

impl Bridge {
    fn new(dir: &str, upstream: impl Into<String>) -> Result<Self> {
        let mut anchors = Anchors::empty();
        for cert in CertificateDer::pem_file_iter(format!("{dir}/things-ca.pem"))? {
            anchors.add(cert?)?;
        }
        let peers = Peers::builder(Arc::new(anchors));
        let peers = peers.allow_unauthenticated().build().context("peers")?; // expect: MTLS101

        let provider = Arc::new(tls::crypto::ring::default_provider());
        let config = TlsServer::builder_with_provider(provider)
            .with_protocol_versions(&[&tls::version::TLS13])
            .context("versions")?
            .with_client_cert_verifier(peers)
            .with_single_cert(
                CertificateDer::pem_file_iter(format!("{dir}/bridge.pem"))?
                    .collect::<Result<Vec<_>, _>>()?,
                PrivateKeyDer::from_pem_file(format!("{dir}/bridge.key"))?,
            )?;
        Ok(Self { acceptor: Acceptor::from(Arc::new(config)), upstream: upstream.into() })
    }

    async fn accept(&self, socket: TcpStream) -> Result<TlsStream<TcpStream>> {
        socket.set_nodelay(true)?;
        self.acceptor.accept(socket).await.context("TLS handshake")
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let bridge = Arc::new(Bridge::new("/etc/bridge", "broker.internal:8883")?);
    let listener = TcpListener::bind("0.0.0.0:8883").await?;
    loop {
        let (socket, _) = listener.accept().await?;
        let bridge = Arc::clone(&bridge);
        tokio::spawn(async move {
            let mut inbound = bridge.accept(socket).await?;
            let mut outbound = TcpStream::connect(&bridge.upstream).await?;
            tokio::io::copy_bidirectional(&mut inbound, &mut outbound).await?;
            anyhow::Ok(())
        });
    }
}
