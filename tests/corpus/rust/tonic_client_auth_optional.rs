//! Health endpoint over gRPC for sidecars, of which some have certificates.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use tonic::transport::{Certificate, Identity, Server, ServerTlsConfig};
use tonic_health::ServingStatus;

struct Pem {
    chain: Vec<u8>,
    key: Vec<u8>,
    sidecars: Vec<u8>,
}

impl Pem {
    async fn load(dir: &str) -> Result<Self> {
        let read = |name: &'static str| async move {
            tokio::fs::read(format!("{dir}/{name}")).await.context(name)
        };
        let (chain, key, sidecars) =
            tokio::try_join!(read("tls.crt"), read("tls.key"), read("sidecars.crt"))?;
        Ok(Pem { chain, key, sidecars })
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let pem = Pem::load("/var/run/secrets/tls").await?;
    let tls = ServerTlsConfig::new()
        .identity(Identity::from_pem(&pem.chain, &pem.key))
        .client_ca_root(Certificate::from_pem(&pem.sidecars))
        .client_auth_optional(true); // expect: MTLS101

    let (reporter, health) = tonic_health::server::health_reporter();
    let poll = tokio::spawn(async move {
        let mut interval = tokio::time::interval(Duration::from_secs(10));
        loop {
            interval.tick().await;
            let up = tokio::net::TcpStream::connect("127.0.0.1:5432").await.is_ok();
            let status = if up { ServingStatus::Serving } else { ServingStatus::NotServing };
            reporter.set_service_status("database", status).await;
        }
    });

    let addr: SocketAddr = "0.0.0.0:50051".parse()?;
    Server::builder().tls_config(tls)?.add_service(health).serve(addr).await?;
    poll.abort();
    Ok(())
}
