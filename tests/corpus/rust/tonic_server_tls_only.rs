//! Parking meters over gRPC: an identity for the server, and no word about clients.

use std::net::SocketAddr;
use std::time::Duration;

use tonic::transport::{Identity, Server, ServerTlsConfig};
use tonic_health::server::health_reporter;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{0}: {1}")]
    Read(&'static str, std::io::Error),
    #[error(transparent)]
    Transport(#[from] tonic::transport::Error),
}

fn read(path: &'static str) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|error| Error::Read(path, error))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let identity = Identity::from_pem(read("/etc/meters/tls.crt")?, read("/etc/meters/tls.key")?);
    let tls = ServerTlsConfig::new().identity(identity); // expect: MTLS103

    let (_reporter, health) = health_reporter();
    let address = SocketAddr::from(([0, 0, 0, 0], 50051));
    Server::builder()
        .http2_keepalive_interval(Some(Duration::from_secs(30)))
        .tls_config(tls)?
        .add_service(health)
        .serve(address)
        .await?;
    Ok(())
}
