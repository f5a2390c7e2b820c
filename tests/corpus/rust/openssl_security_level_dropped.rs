//! Weather balloons of 2009 can do nothing newer, says the comment that came with the code.

use openssl::error::ErrorStack;
use openssl::ssl::{SslConnector, SslMethod, SslVersion};

pub fn old_balloons() -> Result<SslConnector, ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_cipher_list("HIGH:MEDIUM:!MD5:!RC4:!3DES")?;
    builder.set_security_level(0); // expect: MTLS203
    Ok(builder.build())
}

/// The list rules out by name what the level would.
pub fn new_balloons() -> Result<SslConnector, ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_cipher_list("ECDHE+AESGCM:ECDHE+CHACHA20")?;
    builder.set_security_level(0);
    Ok(builder.build())
}
