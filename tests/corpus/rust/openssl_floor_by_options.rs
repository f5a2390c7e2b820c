//! Floors of every spelling; old protocol names appear, none of them is allowed.

use std::fmt;

use anyhow::Result;
use openssl::ssl::{
    SslAcceptor, SslAcceptorBuilder, SslConnector, SslConnectorBuilder, SslFiletype, SslMethod,
    SslOptions, SslVerifyMode, SslVersion,
};

/// For the audit log: what we refuse.
const REFUSED: [(&str, SslVersion); 3] =
    [("SSLv3", SslVersion::SSL3), ("TLSv1", SslVersion::TLS1), ("TLSv1.1", SslVersion::TLS1_1)];

struct Floor(SslVersion);

impl fmt::Display for Floor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refused: Vec<_> =
            REFUSED.iter().filter(|(_, v)| *v != self.0).map(|(name, _)| *name).collect();
        write!(f, "refuses {}", refused.join(", "))
    }
}

fn require_clients(builder: &mut SslAcceptorBuilder, ca: &str) -> Result<()> {
    builder.set_ca_file(ca)?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(())
}

pub fn upload() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls())?;
    builder.set_options(SslOptions::NO_TLSV1 | SslOptions::NO_TLSV1_1);
    builder.set_certificate_chain_file("upload.pem")?;
    builder.set_private_key_file("upload.key", SslFiletype::PEM)?;
    require_clients(&mut builder, "clients.pem")?;
    log::info!("upload {}", Floor(SslVersion::TLS1_2));
    Ok(builder.build())
}

pub fn download() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_modern(SslMethod::tls())?;
    builder.set_certificate_chain_file("download.pem")?;
    builder.set_private_key_file("download.key", SslFiletype::PEM)?;
    require_clients(&mut builder, "clients.pem")?;
    Ok(builder.build())
}

fn modern(mut builder: SslConnectorBuilder) -> Result<SslConnectorBuilder> {
    builder.set_min_proto_version(Some(SslVersion::TLS1_3))?;
    Ok(builder)
}

pub fn upstream() -> Result<SslConnector> {
    let mut builder = modern(SslConnector::builder(SslMethod::tls_client())?)?;
    builder.set_ca_file("upstream.pem")?;
    builder.set_certificate_file("client.pem", SslFiletype::PEM)?;
    builder.set_private_key_file("client.key", SslFiletype::PEM)?;
    Ok(builder.build())
}
