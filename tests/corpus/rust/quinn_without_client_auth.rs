//! Clipboard sync over QUIC. The store is for dialling out; nobody who dials in is asked.

use std::net::{Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use quinn::crypto::rustls::{QuicClientConfig, QuicServerConfig};
use quinn::{ClientConfig, Endpoint, ServerConfig};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::RootCertStore;

const ALPN: &[u8] = b"clip/1";

struct Files {
    dir: PathBuf,
}

impl Files {
    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn roots(&self) -> Result<RootCertStore> {
        let mut roots = RootCertStore::empty();
        for cert in CertificateDer::pem_file_iter(self.path("peers.pem")).context("peers.pem")? {
            roots.add(cert?)?;
        }
        Ok(roots)
    }
}

fn incoming(files: &Files) -> Result<ServerConfig> {
    let chain = CertificateDer::pem_file_iter(files.path("tls.pem"))?.collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_file(files.path("tls.key"))?;
    let mut tls = rustls::ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS103
        .with_single_cert(chain, key)?;
    tls.alpn_protocols = vec![ALPN.to_vec()];
    Ok(ServerConfig::with_crypto(Arc::new(QuicServerConfig::try_from(tls)?)))
}

fn outgoing(files: &Files) -> Result<ClientConfig> {
    let mut tls = rustls::ClientConfig::builder()
        .with_root_certificates(files.roots()?)
        .with_no_client_auth();
    tls.alpn_protocols = vec![ALPN.to_vec()];
    Ok(ClientConfig::new(Arc::new(QuicClientConfig::try_from(tls)?)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let files = Files { dir: Path::new("/etc/clip").to_owned() };
    let addr = SocketAddr::from((Ipv6Addr::UNSPECIFIED, 4455));
    let mut endpoint = Endpoint::server(incoming(&files)?, addr)?;
    endpoint.set_default_client_config(outgoing(&files)?);
    while let Some(connecting) = endpoint.accept().await {
        tokio::spawn(async move {
            let connection = connecting.await?;
            let mut stream = connection.accept_uni().await?;
            let clip = stream.read_to_end(1 << 16).await?;
            tracing::info!(bytes = clip.len(), from = %connection.remote_address(), "clip");
            anyhow::Ok(())
        });
    }
    Ok(())
}

/// With a socket of one's own it is the same; without a configuration nobody is let in.
pub fn by_socket(chain: Chain, key: PrivateKeyDer<'static>) -> Result<(Endpoint, Endpoint)> {
    let config = ServerConfig::with_single_cert(chain, key)?; // expect: MTLS103
    let runtime = Arc::new(quinn::TokioRuntime);
    let socket = std::net::UdpSocket::bind("0.0.0.0:4456")?;
    let served = Endpoint::new(Default::default(), Some(config), socket, runtime.clone())?;
    let socket = std::net::UdpSocket::bind("0.0.0.0:0")?;
    Ok((served, Endpoint::new(Default::default(), None, socket, runtime)?))
}
