//! `axum::serve` takes any `Listener`; this one finishes the TLS handshake first.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::{routing::get, Router};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{server::TlsStream, TlsAcceptor};

struct TlsListener {
    tcp: TcpListener,
    tls: TlsAcceptor,
}

impl TlsListener {
    async fn bind(addr: &str, tls: TlsAcceptor) -> Result<Self> {
        Ok(Self { tcp: TcpListener::bind(addr).await?, tls })
    }
}

impl axum::serve::Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (socket, peer) = match self.tcp.accept().await {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::error!(%error, "accept");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    continue;
                }
            };
            match self.tls.accept(socket).await {
                Ok(stream) => return (stream, peer),
                Err(error) => tracing::debug!(%peer, %error, "handshake"),
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.tcp.local_addr()
    }
}

fn acceptor(dir: &Path) -> Result<TlsAcceptor> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(dir.join("ca.pem"))? {
        roots.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let chain = CertificateDer::pem_file_iter(dir.join("tls.pem"))?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        chain.collect::<Result<_, _>>()?,
        PrivateKeyDer::from_pem_file(dir.join("tls.key"))?,
    )?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/version", get(|| async { env!("CARGO_PKG_VERSION") }));
    let listener = TlsListener::bind("0.0.0.0:8443", acceptor(Path::new("/etc/api"))?).await?;
    axum::serve(listener, app).await?;
    Ok(())
}
