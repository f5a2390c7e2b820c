//! Price feeds over WebSockets: what is accepted on a socket is as safe as the socket.

use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::{accept_async, accept_hdr_async};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:9001").await?;
    while let Ok((stream, from)) = listener.accept().await {
        tokio::spawn(feed(stream, from.to_string()));
    }
    Ok(())
}

async fn feed(raw: TcpStream, from: String) -> anyhow::Result<()> {
    let socket = accept_async(raw).await?; // expect: MTLS302
    let (mut out, mut wishes) = socket.split();
    while let Some(wish) = wishes.next().await {
        tracing::debug!(%from, "wish");
        out.send(wish?).await?;
    }
    Ok(())
}

/// For the dashboard on this machine.
pub async fn dashboard() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:9002").await?;
    let (stream, _) = listener.accept().await?;
    accept_hdr_async(stream, |_: &Request, answer: Response| Ok(answer)).await?;
    Ok(())
}

pub async fn members(roots: RootCertStore, chain: Chain, key: Key) -> anyhow::Result<()> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("0.0.0.0:9003").await?;
    loop {
        let (tcp, _) = listener.accept().await?;
        let socket = accept_async(acceptor.accept(tcp).await?).await?;
        drop(socket);
    }
}
