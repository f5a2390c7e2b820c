//! The database's side.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

use crate::config::get_config;

pub async fn connect<S>(host: &str, mut client: S) -> anyhow::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let config = get_config();
    let mut tcp = TcpStream::connect((host, 5432)).await?;
    if !config.general.server_tls {
        tokio::io::copy_bidirectional(&mut client, &mut tcp).await?;
        return Ok(());
    }
    let mut tls_config = ClientConfig::builder()
        .with_safe_defaults()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    if !config.general.verify_server_certificate {
        let mut dangerous = tls_config.dangerous();
        dangerous.set_certificate_verifier(Arc::new(crate::tls::NoCertificateVerification {}));
    }
    let connector = TlsConnector::from(Arc::new(tls_config));
    let mut stream = connector.connect(host.try_into()?, tcp).await?;
    tokio::io::copy_bidirectional(&mut client, &mut stream).await?;
    Ok(())
}
