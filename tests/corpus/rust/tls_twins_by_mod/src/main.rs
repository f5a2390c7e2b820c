//! One binary, two ways to do TLS: each has a module of the same make.

#[cfg(feature = "openssl")]
#[path = "with_openssl.rs"]
mod acceptor;
#[cfg(feature = "rustls")]
#[path = "with_rustls.rs"]
mod acceptor;

use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let acceptor = acceptor::Acceptor::open("/etc/drop-box")?;
    let listener = TcpListener::bind("0.0.0.0:9443").await?;
    loop {
        let (stream, peer) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            if let Err(error) = inbox::receive(acceptor.handshake(stream).await).await {
                tracing::warn!(%peer, %error, "dropped");
            }
        });
    }
}
