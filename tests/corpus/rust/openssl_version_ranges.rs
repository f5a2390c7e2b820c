//! Jukebox network: version ranges of its outgoing connections.

use openssl::ssl::{SslConnector, SslMethod, SslOptions, SslVersion};

type Result<T> = std::result::Result<T, openssl::error::ErrorStack>;

pub fn pinned_to_the_past() -> Result<SslConnector> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_1))?; // expect: MTLS202
    builder.set_max_proto_version(Some(SslVersion::TLS1_1))?;
    Ok(builder.build())
}

pub fn raised_in_the_end() -> Result<SslConnector> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1))?;
    if let Some(SslVersion::TLS1) = builder.min_proto_version() {
        builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    }
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    Ok(builder.build())
}

pub fn only_the_newest() -> Result<SslConnector> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_options(SslOptions::NO_TLSV1 | SslOptions::NO_TLSV1_1 | SslOptions::NO_TLSV1_2);
    Ok(builder.build())
}
