//! Health service over gRPC. `client_ca_root` alone would have done it.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use tonic::transport::{Certificate, Identity, Server, ServerTlsConfig};

async fn pem(name: &str) -> Result<Vec<u8>> {
    let path = format!("/etc/health/{name}");
    tokio::fs::read(&path).await.with_context(|| path)
}

async fn tls() -> Result<ServerTlsConfig> {
    let identity = Identity::from_pem(pem("tls.pem").await?, pem("tls.key").await?);
    let clients = Certificate::from_pem(pem("clients.pem").await?);
    Ok(ServerTlsConfig::new()
        .identity(identity)
        .client_ca_root(clients)
        .client_auth_required(true)) // expect: MTLS901
}

#[tokio::main]
async fn main() -> Result<()> {
    let (reporter, service) = tonic_health::server::health_reporter();
    reporter.set_service_status("ledger", tonic_health::ServingStatus::Serving).await;

    let addr: SocketAddr = "[::]:50051".parse()?;
    Server::builder()
        .tls_config(tls().await?)?
        .concurrency_limit_per_connection(32)
        .add_service(service)
        .serve_with_shutdown(addr, async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    Ok(())
}
