use std::sync::Arc;

use secure::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use secure::ServerConfig;
use secure_stream::TlsAcceptor;

fn config() -> anyhow::Result<ServerConfig> {
    let farmers = silo_core::farmers()?;
    eprintln!("{} roots", farmers.len());
    Ok(ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS104
        .with_single_cert(
            vec![CertificateDer::from_pem_file("/etc/silo/tls.pem")?],
            PrivateKeyDer::from_pem_file("/etc/silo/tls.key")?,
        )?)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let acceptor = TlsAcceptor::from(Arc::new(config()?));
    let listener = tokio::net::TcpListener::bind("0.0.0.0:7443").await?;
    loop {
        let (tcp, _) = listener.accept().await?;
        drop(acceptor.accept(tcp).await);
    }
}
