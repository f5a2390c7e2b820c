//! Paste service on raw TLS; rustls goes by another name here.

use std::io::Cursor;
use std::sync::Arc;

use anyhow::{Context, Result};
use tls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_tls::TlsAcceptor;

const LIMIT: u64 = 512 * 1024;

fn acceptor() -> Result<TlsAcceptor> {
    let pem = std::fs::read("/etc/paste/tls.pem").context("tls.pem")?;
    let chain = CertificateDer::pem_reader_iter(Cursor::new(&pem)).collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_slice(&pem)?;
    let config = tls::ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS103
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let acceptor = acceptor()?;
    let listener = TcpListener::bind("0.0.0.0:9999").await?;
    let mut count = 0u64;
    loop {
        let (socket, _) = listener.accept().await?;
        let acceptor = acceptor.clone();
        count += 1;
        let name = format!("{count:08x}");
        tokio::spawn(async move {
            let stream = acceptor.accept(socket).await?;
            let mut paste = Vec::new();
            let mut limited = stream.take(LIMIT);
            limited.read_to_end(&mut paste).await?;
            tokio::fs::write(format!("/srv/paste/{name}"), paste).await?;
            let mut stream = limited.into_inner();
            stream.write_all(format!("https://paste.example/{name}\n").as_bytes()).await?;
            anyhow::Ok(())
        });
    }
}
