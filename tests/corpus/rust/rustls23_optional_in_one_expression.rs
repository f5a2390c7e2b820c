//! Telemetry collector: devices push length-prefixed frames over TLS.

use std::{net::SocketAddr, path::Path, sync::Arc};

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

const MAX_FRAME: usize = 64 * 1024;

fn device_roots(path: &Path) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(path).context("device CA bundle")? {
        roots.add(cert?)?;
    }
    Ok(roots)
}

fn server_config(dir: &Path) -> Result<ServerConfig> {
    let chain = CertificateDer::pem_file_iter(dir.join("server.pem"))?
        .collect::<Result<Vec<_>, _>>()
        .context("server chain")?;
    let key = PrivateKeyDer::from_pem_file(dir.join("server.key")).context("server key")?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(
            WebPkiClientVerifier::builder(Arc::new(device_roots(&dir.join("devices.pem"))?))
                .allow_unauthenticated() // expect: MTLS101
                .build()
                .context("client verifier")?,
        )
        .with_single_cert(chain, key)?;
    Ok(config)
}

async fn handle(stream: TcpStream, acceptor: TlsAcceptor, peer: SocketAddr) -> Result<()> {
    let mut tls = acceptor.accept(stream).await.context("handshake")?;
    let known = tls.get_ref().1.peer_certificates().is_some();
    tracing::debug!(%peer, known, "device connected");
    loop {
        let len = match tls.read_u32().await {
            Ok(n) => n as usize,
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(e) => return Err(e.into()),
        };
        anyhow::ensure!(len <= MAX_FRAME, "frame of {len} bytes");
        let mut frame = vec![0; len];
        tls.read_exact(&mut frame).await?;
        tls.write_all(b"OK\n").await?;
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let config = server_config(Path::new("/etc/collector/tls"))?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("0.0.0.0:6514").await?;
    loop {
        let (stream, peer) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            if let Err(error) = handle(stream, acceptor, peer).await {
                tracing::warn!(%peer, %error, "connection dropped");
            }
        });
    }
}
