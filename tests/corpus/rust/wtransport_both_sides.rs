//! Live scores over WebTransport.

use wtransport::{ClientConfig, Endpoint, Identity, ServerConfig};

pub async fn follow(match_id: u64) -> anyhow::Result<()> {
    let config = ClientConfig::builder()
        .with_bind_default()
        .with_no_cert_validation() // expect: MTLS401
        .build();
    Endpoint::client(config)?.connect(format!("https://scores.example.com/{match_id}")).await?;
    Ok(())
}

pub async fn follow_checked(match_id: u64) -> anyhow::Result<()> {
    let config = ClientConfig::builder().with_bind_default().with_native_certs().build();
    Endpoint::client(config)?.connect(format!("https://scores.example.com/{match_id}")).await?;
    Ok(())
}

pub async fn stadium(identity: Identity) -> anyhow::Result<()> {
    let config = ServerConfig::builder() // expect: MTLS103
        .with_bind_default(4433)
        .with_identity(identity)
        .build();
    let server = Endpoint::server(config)?;
    loop {
        server.accept().await.await?.accept().await?;
    }
}

pub async fn rehearsal(identity: Identity) -> anyhow::Result<()> {
    let config = ServerConfig::builder()
        .with_bind_address("127.0.0.1:4434".parse()?)
        .with_identity(identity)
        .build();
    Endpoint::server(config)?.accept().await.await?.accept().await?;
    Ok(())
}
