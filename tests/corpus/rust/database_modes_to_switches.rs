//! Migration tool: libpq's modes, spelled out with the switches that native-tls has.

use std::str::FromStr;

use anyhow::{bail, Context, Result};
use native_tls::{Certificate, Protocol, TlsConnector};
use postgres::{Client, NoTls};
use postgres_native_tls::MakeTlsConnector;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SslMode {
    Disable,
    Require,
    VerifyCa,
    VerifyFull,
}

impl FromStr for SslMode {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        Ok(match text {
            "disable" => SslMode::Disable,
            "require" => SslMode::Require,
            "verify-ca" => SslMode::VerifyCa,
            "verify-full" => SslMode::VerifyFull,
            other => bail!("sslmode={other} is not supported"),
        })
    }
}

pub fn connect(url: &str, mode: SslMode, ca: Option<&[u8]>) -> Result<Client> {
    let mut builder = TlsConnector::builder();
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    if let Some(ca) = ca {
        builder.add_root_certificate(Certificate::from_pem(ca).context("sslrootcert")?);
    }
    match mode {
        SslMode::Disable => return Ok(Client::connect(url, NoTls)?),
        SslMode::Require => {
            builder.danger_accept_invalid_certs(true); // expect: MTLS401
        }
        SslMode::VerifyCa => {
            builder.danger_accept_invalid_hostnames(true); // expect: MTLS402
        }
        SslMode::VerifyFull => {}
    }
    Ok(Client::connect(url, MakeTlsConnector::new(builder.build()?))?)
}
