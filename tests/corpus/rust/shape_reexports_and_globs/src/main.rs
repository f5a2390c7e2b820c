//! Water works: all TLS names come through the crate's own prelude.

mod prelude;
mod pumps;

use prelude::*;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let acceptor: Acceptor = Arc::new(pumps::config("/etc/water")?).into();
    let listener = tokio::net::TcpListener::bind("0.0.0.0:7443").await?;
    while let Ok((socket, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move { acceptor.accept(socket).await.map(drop) });
    }
    Ok(())
}
