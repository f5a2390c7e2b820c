//! Client of the public payment API: system roots belong here, on a client.

use std::sync::OnceLock;

use anyhow::{Context, Result};
use openssl::ssl::{ConnectConfiguration, SslConnector, SslMethod, SslVerifyMode, SslVersion};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const HOST: &str = "api.payments.example";

fn connector() -> Result<&'static SslConnector> {
    static CONNECTOR: OnceLock<SslConnector> = OnceLock::new();
    if let Some(connector) = CONNECTOR.get() {
        return Ok(connector);
    }
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_default_verify_paths()?;
    builder.set_verify(SslVerifyMode::PEER);
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    if std::path::Path::new("/etc/ssl/certs/ca-certificates.crt").exists() {
        builder.set_ca_file("/etc/ssl/certs/ca-certificates.crt")?;
    }
    Ok(CONNECTOR.get_or_init(|| builder.build()))
}

fn configure() -> Result<ConnectConfiguration> {
    let configuration = connector()?.configure()?;
    // .verify_hostname(false) is not needed since they fixed their certificate
    Ok(configuration.use_server_name_indication(true).verify_hostname(true))
}

pub async fn charge(cents: u32) -> Result<String> {
    let tcp = TcpStream::connect((HOST, 443)).await.context("connect")?;
    let ssl = configure()?.into_ssl(HOST)?;
    let mut stream = tokio_openssl::SslStream::new(ssl, tcp)?;
    std::pin::Pin::new(&mut stream).connect().await.context("TLS")?;
    let body = format!("{{\"cents\":{cents}}}");
    let request = format!(
        "POST /v2/charges HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}
