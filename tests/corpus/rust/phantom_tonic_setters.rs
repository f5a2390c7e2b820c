//! Inventory over gRPC: made-up setters around the one that counts.

use std::net::SocketAddr;

use tonic::transport::{Certificate, Identity, Server, ServerTlsConfig};

type Error = Box<dyn std::error::Error + Send + Sync>;

fn pem(name: &str) -> std::io::Result<Vec<u8>> {
    std::fs::read(std::path::Path::new("/etc/inventory").join(name))
}

/// Required, whatever the last line is supposed to add.
fn strict() -> Result<ServerTlsConfig, Error> {
    Ok(ServerTlsConfig::new()
        .identity(Identity::from_pem(pem("tls.pem")?, pem("tls.key")?))
        .client_ca_root(Certificate::from_pem(pem("shops.pem")?))
        .require_client_auth(true)) // expect: MTLS901
}

fn modern() -> Result<ServerTlsConfig, Error> {
    let tls = ServerTlsConfig::new() // expect: MTLS103
        .cert_path("/etc/inventory/tls.pem") // expect: MTLS901
        .ca_path("/etc/inventory/shops.pem") // expect: MTLS901
        .tls_versions(&["1.3"]) // expect: MTLS901
        .cipher_suites(&["TLS_AES_256_GCM_SHA384"]); // expect: MTLS901
    Ok(tls)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let (_, health) = tonic_health::server::health_reporter();
    let addr: SocketAddr = "0.0.0.0:50051".parse()?;
    let beta = Server::builder().tls_config(modern()?)?.add_service(health.clone());
    tokio::spawn(beta.serve("0.0.0.0:50052".parse()?));
    Server::builder().tls_config(strict()?)?.add_service(health).serve(addr).await?;
    Ok(())
}
