//! Barcode server: a stream that is TLS or is not, behind one enum.

use std::sync::Arc;

use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{server::TlsStream, TlsAcceptor};

enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

#[derive(Clone)]
enum Acceptor {
    Plain,
    Tls(TlsAcceptor),
}

impl Acceptor {
    fn from_files(cert: Option<&str>, key: Option<&str>) -> Result<Self> {
        let (Some(cert), Some(key)) = (cert, key) else { return Ok(Acceptor::Plain) };
        let config = ServerConfig::builder()
            .with_no_client_auth() // expect: MTLS103
            .with_single_cert(
                CertificateDer::pem_file_iter(cert)?.collect::<Result<Vec<_>, _>>()?,
                PrivateKeyDer::from_pem_file(key)?,
            )?;
        Ok(Acceptor::Tls(Arc::new(config).into()))
    }

    async fn accept(&self, tcp: TcpStream) -> Result<Stream> {
        Ok(match self {
            Acceptor::Plain => Stream::Plain(tcp),
            Acceptor::Tls(acceptor) => Stream::Tls(Box::new(acceptor.accept(tcp).await?)),
        })
    }
}

async fn greet<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S) -> Result<()> {
    stream.write_all(b"READY\n").await?;
    Ok(())
}

pub async fn run(listener: TcpListener, cert: Option<&str>, key: Option<&str>) -> Result<()> {
    let acceptor = Acceptor::from_files(cert, key)?;
    while let Ok((tcp, _)) = listener.accept().await {
        match acceptor.accept(tcp).await? {
            Stream::Plain(stream) => greet(stream).await?,
            Stream::Tls(stream) => greet(*stream).await?,
        }
    }
    Ok(())
}
