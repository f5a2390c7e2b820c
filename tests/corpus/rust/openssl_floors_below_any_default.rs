//! Old terminals: what is written down below the library's own floor opens what that left shut.
//! Protocols with versions of their own have no floor of TLS.

use openssl::error::ErrorStack;
use openssl::ssl::{SslConnector, SslMethod, SslVersion};

pub fn terminals() -> Result<SslConnector, ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::SSL3))?; // expect: MTLS202
    Ok(builder.build())
}

pub fn tellers() -> Result<SslConnector, ErrorStack> {
    Ok(SslConnector::builder(SslMethod::tls())?.build()) // expect: MTLS201
}

/// TLCP, as Tongsuo's fork of OpenSSL speaks it.
#[cfg(tongsuo)]
pub fn clearing_house() -> Result<SslConnector, ErrorStack> {
    Ok(SslConnector::builder(SslMethod::ntls_client())?.build())
}

pub fn sensors() -> Result<SslConnector, ErrorStack> {
    Ok(SslConnector::builder(SslMethod::dtls())?.build())
}
