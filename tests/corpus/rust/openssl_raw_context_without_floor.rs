//! SOCKS relay on a context built from scratch, without one of the presets.

use std::pin::Pin;

use anyhow::{Context as _, Result};
use openssl::ssl::{Ssl, SslContext, SslFiletype, SslMethod, SslOptions, SslVerifyMode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_openssl::SslStream;

fn context() -> Result<SslContext> {
    let mut context = SslContext::builder(SslMethod::tls_server())?; // expect: MTLS201
    context.set_options(SslOptions::NO_COMPRESSION | SslOptions::CIPHER_SERVER_PREFERENCE);
    context.set_certificate_chain_file("/etc/relay/tls.pem")?;
    context.set_private_key_file("/etc/relay/tls.key", SslFiletype::PEM)?;
    context.set_ca_file("/etc/relay/users.pem")?;
    context.set_session_id_context(b"relay")?;
    context.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(context.build())
}

async fn relay(socket: TcpStream, ssl: Ssl) -> Result<()> {
    let mut stream = SslStream::new(ssl, socket)?;
    Pin::new(&mut stream).accept().await.context("handshake")?;
    let mut head = [0u8; 2];
    stream.read_exact(&mut head).await?;
    anyhow::ensure!(head[0] == 5, "not SOCKS 5");
    let mut methods = vec![0u8; head[1].into()];
    stream.read_exact(&mut methods).await?;
    stream.write_all(&[5, 0]).await?;
    let mut upstream = TcpStream::connect("10.20.0.1:1080").await?;
    tokio::io::copy_bidirectional(&mut stream, &mut upstream).await?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let context = context()?;
    let listener = TcpListener::bind("0.0.0.0:1443").await?;
    loop {
        let (socket, peer) = listener.accept().await?;
        let ssl = Ssl::new(&context)?;
        tokio::spawn(async move {
            if let Err(error) = relay(socket, ssl).await {
                log::debug!("{peer}: {error:#}");
            }
        });
    }
}
