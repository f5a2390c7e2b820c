//! Metrics shipper. Its switches look worse than they are.

use std::time::Duration;

use anyhow::{Context, Result};
use native_tls::{Certificate, Identity, Protocol, TlsConnector};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

#[derive(Debug, Clone)]
pub struct Shipper {
    pub host: String,
    pub port: u16,
    pub accept_invalid_certs: bool,
    pub proxy_ca: Option<Vec<u8>>,
}

impl Shipper {
    fn connector(&self, identity: Identity) -> Result<tokio_native_tls::TlsConnector> {
        let mut builder = TlsConnector::builder();
        builder
            .identity(identity)
            .min_protocol_version(Some(Protocol::Tlsv12))
            .danger_accept_invalid_hostnames(false)
            .danger_accept_invalid_certs(false);
        if let Some(pem) = &self.proxy_ca {
            // A connector may have more roots; an acceptor has no such method.
            builder.add_root_certificate(Certificate::from_pem(pem).context("proxy CA")?);
        }
        if self.accept_invalid_certs {
            tracing::warn!("accept_invalid_certs is no longer supported and has no effect");
        }
        Ok(builder.build()?.into())
    }

    pub async fn ship(&self, identity: Identity, lines: &[String]) -> Result<()> {
        let tcp = TcpStream::connect((self.host.as_str(), self.port)).await?;
        let connector = self.connector(identity)?;
        let connect = connector.connect(&self.host, tcp);
        let mut stream = tokio::time::timeout(Duration::from_secs(3), connect).await??;
        for line in lines {
            stream.write_all(line.as_bytes()).await?;
            stream.write_all(b"\n").await?;
        }
        stream.shutdown().await?;
        Ok(())
    }
}

pub fn for_debugging(accept: bool) -> Result<TlsConnector> {
    let mut builder = TlsConnector::builder();
    builder.danger_accept_invalid_certs(accept);
    builder.danger_accept_invalid_certs(cfg!(debug_assertions) && accept);
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    builder.build().context("connector")
}
