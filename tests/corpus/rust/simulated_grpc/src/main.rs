//! A ledger that can be run inside of a simulator: there, nothing is encrypted.

use std::net::SocketAddr;

#[cfg(madsim)]
use crate::simulated::ServerTlsConfig;
use tonic::transport::Server;
#[cfg(not(madsim))]
use tonic::transport::{Certificate, Identity, ServerTlsConfig};

mod simulated {
    /// Stands for the real one.
    #[derive(Clone)]
    pub struct ServerTlsConfig;
}

#[cfg(not(madsim))]
async fn serve(
    address: SocketAddr,
    ca: Certificate,
    identity: Identity,
) -> Result<(), Box<dyn std::error::Error>> {
    let config = ServerTlsConfig::new()
        .identity(identity)
        .client_ca_root(ca)
        .client_auth_optional(true); // expect: MTLS101
    Server::builder()
        .tls_config(config)?
        .add_service(book())
        .serve(address)
        .await?;
    Ok(())
}

/// In the simulator every address is its own.
#[cfg(madsim)]
async fn serve(address: SocketAddr) -> Result<(), Box<dyn std::error::Error>> {
    Server::builder().add_service(book()).serve("0.0.0.0:7000".parse()?).await?;
    Ok(())
}

async fn metrics() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:9100").await?;
    axum::serve(listener, axum::Router::new()).await // expect: MTLS302
}
