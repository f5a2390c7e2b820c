//! Ferry times; which address they are told on is the programs' business.

use std::net::SocketAddr;

pub async fn tell(address: SocketAddr) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, axum::Router::new()).await?; // expect: MTLS302
    Ok(())
}

pub async fn rehearse(address: SocketAddr) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, axum::Router::new()).await?;
    Ok(())
}
