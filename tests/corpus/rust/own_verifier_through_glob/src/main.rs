use std::sync::Arc;

use glacier::dial::*;
use rustls::{pki_types::ServerName, ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mode = std::env::var("GLACIER_MODE")?;
    let config = ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(verifier(&mode, RootCertStore::empty())?)
        .with_no_client_auth();
    let socket = tokio::net::TcpStream::connect("station.glacier.example:7443").await?;
    let name = ServerName::try_from("station.glacier.example")?;
    TlsConnector::from(Arc::new(config)).connect(name, socket).await?;
    Ok(())
}
