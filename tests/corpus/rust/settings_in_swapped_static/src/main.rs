//! Connection pooler. The settings are in a static that a reload replaces.

mod config;
mod server;
mod tls;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    config::reload("pooler.toml")?;
    let listener = tokio::net::TcpListener::bind("0.0.0.0:6432").await?;
    loop {
        let (client, _) = listener.accept().await?;
        tokio::spawn(async move {
            let client = tls::Tls::new()?.acceptor.accept(client).await?;
            server::connect("db.internal", client).await
        });
    }
}
