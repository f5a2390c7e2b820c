use std::sync::Arc;

use rustls::server::WebPkiClientVerifier;
use rustls::ServerConfig;
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;
use tokio_rustls::TlsAcceptor;

#[derive(Clone)]
pub struct Acceptor(TlsAcceptor);

impl Acceptor {
    pub fn open(folder: &str) -> anyhow::Result<Self> {
        let senders = pem::roots(format!("{folder}/senders.pem"))?;
        let config = ServerConfig::builder()
            .with_client_cert_verifier(WebPkiClientVerifier::builder(Arc::new(senders)).build()?)
            .with_single_cert(pem::chain(folder)?, pem::key(folder)?)?;
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    pub async fn handshake(&self, stream: TcpStream) -> anyhow::Result<TlsStream<TcpStream>> {
        Ok(self.0.accept(stream).await?)
    }
}
