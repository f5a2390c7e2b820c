//! "All" sounds like the strictest mode there is.

use std::pin::Pin;

use anyhow::{Context, Result};
use openssl::ssl::{Ssl, SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_openssl::SslStream;

#[derive(Clone)]
struct Clock {
    acceptor: SslAcceptor,
}

impl Clock {
    fn new() -> Result<Self> {
        let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
        builder.set_certificate_chain_file("clock.pem")?;
        builder.set_private_key_file("clock.key", SslFiletype::PEM)?;
        builder.set_ca_file("stations.pem").context("stations.pem")?;
        builder.set_verify(SslVerifyMode::all()); // expect: MTLS101
        Ok(Clock { acceptor: builder.build() })
    }

    async fn tell(&self, socket: TcpStream) -> Result<()> {
        let ssl = Ssl::new(self.acceptor.context())?;
        let mut stream = SslStream::new(ssl, socket)?;
        Pin::new(&mut stream).accept().await?;
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
        stream.write_all(now.as_millis().to_string().as_bytes()).await?;
        stream.shutdown().await?;
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let clock = Clock::new()?;
    let listener = TcpListener::bind("0.0.0.0:4460").await?;
    loop {
        let (socket, _) = listener.accept().await?;
        let clock = clock.clone();
        tokio::spawn(async move {
            if let Err(error) = clock.tell(socket).await {
                tracing::debug!("{error:#}");
            }
        });
    }
}
