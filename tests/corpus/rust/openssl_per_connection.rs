//! Vending machines: the shared connector is sound, single connections are not.

use std::net::TcpStream;

use anyhow::{anyhow, Result};
use openssl::ssl::{Ssl, SslConnector, SslMethod, SslStream, SslVerifyMode, SslVersion};

pub fn connector() -> Result<SslConnector> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_ca_file("/etc/vending/machines.pem")?;
    Ok(builder.build())
}

/// Checked in full.
pub fn depot(connector: &SslConnector, host: &str) -> Result<SslStream<TcpStream>> {
    let tcp = TcpStream::connect((host, 8443))?;
    connector.connect(host, tcp).map_err(|error| anyhow!("{host}: {error}"))
}

/// Not checked at all: the mode is taken away from this one connection.
pub fn old_machine(host: &str) -> Result<SslStream<TcpStream>> {
    let mut configuration = connector()?.configure()?;
    configuration.set_verify(SslVerifyMode::NONE); // expect: MTLS401
    let tcp = TcpStream::connect((host, 8443))?;
    configuration.connect(host, tcp).map_err(|error| anyhow!("{host}: {error}"))
}

/// The same by hand.
pub fn older_machine(host: &str) -> Result<SslStream<TcpStream>> {
    let mut ssl = Ssl::new(connector()?.context())?;
    ssl.set_hostname(host)?;
    ssl.set_verify(SslVerifyMode::NONE); // expect: MTLS401
    ssl.connect(TcpStream::connect((host, 8443))?).map_err(|error| anyhow!("{host}: {error}"))
}
