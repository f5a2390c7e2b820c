//! Developer proxy: browsers on the same machine want https, nobody else may connect.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context as _;
use rustls::pki_types::{pem::PemObject as _, CertificateDer, PrivateKeyDer};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{rustls, TlsAcceptor};

const PORT: u16 = 8443;

fn tls() -> anyhow::Result<TlsAcceptor> {
    let home = std::env::var("HOME").context("HOME is unset")?;
    let chain = CertificateDer::pem_file_iter(format!("{home}/.devproxy/localhost.pem"))?
        .collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file(format!("{home}/.devproxy/localhost.key"))?;
    let mut config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

async fn relay(socket: TcpStream, acceptor: TlsAcceptor, target: SocketAddr) -> anyhow::Result<()> {
    let mut inbound = acceptor.accept(socket).await?;
    let mut outbound = TcpStream::connect(target).await?;
    let (up, down) = copy_bidirectional(&mut inbound, &mut outbound).await?;
    tracing::trace!(up, down, "closed");
    Ok(())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let acceptor = tls()?;
    let target = SocketAddr::from((Ipv4Addr::LOCALHOST, 5173));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).await?;
    println!("https://localhost:{PORT} -> http://{target}");
    loop {
        let (socket, _) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            if let Err(error) = relay(socket, acceptor, target).await {
                eprintln!("{error:#}");
            }
        });
    }
}
