//! The same service, strict: with a CA, tonic requires client certificates.

use std::path::Path;

use anyhow::Result;
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::{Certificate, ClientTlsConfig, Endpoint, Identity, Server, ServerTlsConfig};

/// tonic has no `client_auth_required`; `client_ca_root` is enough.
fn server_tls(dir: &Path) -> std::io::Result<ServerTlsConfig> {
    let identity =
        Identity::from_pem(std::fs::read(dir.join("tls.crt"))?, std::fs::read(dir.join("tls.key"))?);
    let tls = ServerTlsConfig::new().identity(identity);
    let tls = tls.client_ca_root(Certificate::from_pem(std::fs::read(dir.join("ca.crt"))?));
    Ok(tls.client_auth_optional(false))
}

fn peer_tls(dir: &Path) -> std::io::Result<ClientTlsConfig> {
    Ok(ClientTlsConfig::new()
        .ca_certificate(Certificate::from_pem(std::fs::read(dir.join("ca.crt"))?))
        .identity(Identity::from_pem(
            std::fs::read(dir.join("tls.crt"))?,
            std::fs::read(dir.join("tls.key"))?,
        ))
        .domain_name("node.mesh.internal"))
}

#[tokio::main]
async fn main() -> Result<()> {
    let dir = Path::new("/var/run/secrets/tls");
    let (_reporter, health) = tonic_health::server::health_reporter();

    let peer = Endpoint::from_static("https://node-1.mesh.internal:50051")
        .tls_config(peer_tls(dir)?)?
        .connect_lazy();
    let mut client = tonic_health::pb::health_client::HealthClient::new(peer);
    tokio::spawn(async move {
        let request = tonic_health::pb::HealthCheckRequest { service: String::new() };
        match client.check(request).await {
            Ok(answer) => tracing::info!(?answer, "peer"),
            Err(status) => tracing::warn!(%status, "peer"),
        }
    });

    let listener = TcpListener::bind("0.0.0.0:50051").await?;
    Server::builder()
        .tls_config(server_tls(dir)?)?
        .add_service(health)
        .serve_with_incoming(TcpListenerStream::new(listener))
        .await?;
    Ok(())
}
