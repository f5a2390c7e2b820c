//! Voice relay over QUIC, by quinn's shortest way to a server.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Result;
use quinn::{Endpoint, ServerConfig};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};

#[tokio::main]
async fn main() -> Result<()> {
    let chain = vec![CertificateDer::from_pem_file("/etc/relay/tls.pem")?];
    let key = PrivateKeyDer::from_pem_file("/etc/relay/tls.key")?;
    let mut config = ServerConfig::with_single_cert(chain, key)?; // expect: MTLS103
    config.max_incoming(64);
    let endpoint = Endpoint::server(config, SocketAddr::from((Ipv4Addr::UNSPECIFIED, 4433)))?;
    while let Some(incoming) = endpoint.accept().await {
        tokio::spawn(async move {
            let connection = incoming.await?;
            let (mut send, mut recv) = connection.accept_bi().await?;
            tokio::io::copy(&mut recv, &mut send).await?;
            anyhow::Ok(())
        });
    }
    Ok(())
}
