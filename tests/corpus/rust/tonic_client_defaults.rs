//! Clients of the night bus: each of these fails closed, or verifies.

use std::time::Duration;

use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Error, Identity};

/// No roots at all since 0.12: no connection, rather than an unverified one.
pub async fn without_roots() -> Result<Channel, Error> {
    Endpoint::from_static("https://bus.example.com").tls_config(ClientTlsConfig::new())?.connect().await
}

pub async fn of_the_system() -> Result<Channel, Error> {
    let tls = ClientTlsConfig::new().with_native_roots().with_webpki_roots();
    Channel::from_static("https://bus.example.com:443")
        .timeout(Duration::from_secs(3))
        .tls_config(tls)?
        .connect()
        .await
}

pub fn mutual(ca: &str, cert: &str, key: &str) -> Result<Channel, Error> {
    let tls = ClientTlsConfig::new()
        .ca_certificate(Certificate::from_pem(ca))
        .identity(Identity::from_pem(cert, key))
        .domain_name("positions.bus.internal");
    Ok(Channel::from_static("https://10.4.0.9:50051").tls_config(tls)?.connect_lazy())
}

/// By a unix socket, for which an address must be given all the same.
pub async fn beside() -> Result<Channel, Error> {
    Endpoint::from_static("http://[::]:50051")
        .connect_with_connector(tower::service_fn(|_| async {
            let stream = tokio::net::UnixStream::connect("/run/bus.sock").await?;
            Ok::<_, std::io::Error>(hyper_util::rt::TokioIo::new(stream))
        }))
        .await
}
