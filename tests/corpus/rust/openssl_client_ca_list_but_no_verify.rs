//! Mail submission with tokio-openssl.

use std::pin::Pin;
use std::sync::Arc;

use anyhow::{ensure, Context, Result};
use openssl::ssl::{Ssl, SslAcceptor, SslContext, SslFiletype, SslMethod, SslSessionCacheMode};
use openssl::x509::X509Name;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_openssl::SslStream;

fn context() -> Result<SslContext> {
    let mut tls = SslAcceptor::mozilla_modern(SslMethod::tls())?;
    tls.set_certificate_chain_file("/etc/submission/chain.pem")?;
    tls.set_private_key_file("/etc/submission/key.pem", SslFiletype::PEM)?;
    let names = X509Name::load_client_ca_file("/etc/submission/users-ca.pem")?;
    ensure!(!names.is_empty(), "users-ca.pem holds no certificate");
    tls.set_client_ca_list(names); // expect: MTLS104
    tls.set_session_cache_mode(SslSessionCacheMode::OFF);
    Ok(tls.build().into_context())
}

async fn session(socket: TcpStream, context: Arc<SslContext>) -> Result<()> {
    let mut stream = SslStream::new(Ssl::new(&context)?, socket)?;
    Pin::new(&mut stream).accept().await.context("handshake")?;
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 submission ready\r\n").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? != 0 {
        let verb = line.split(' ').next().unwrap_or("").trim().to_ascii_uppercase();
        let answer: &[u8] = match verb.as_str() {
            "EHLO" | "HELO" => b"250 hello\r\n",
            "QUIT" => break,
            _ => b"502 not yet\r\n",
        };
        stream.write_all(answer).await?;
        line.clear();
    }
    stream.write_all(b"221 bye\r\n").await?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let context = Arc::new(context()?);
    let listener = TcpListener::bind("[::]:465").await?;
    loop {
        let (socket, peer) = listener.accept().await?;
        let context = context.clone();
        tokio::spawn(async move {
            if let Err(error) = session(socket, context).await {
                tracing::info!(%peer, "{error:#}");
            }
        });
    }
}
