//! Archive of the observatory. The files are called like public bundles and are our own.

use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslConnector, SslFiletype, SslMethod, SslVerifyMode, SslVersion};

fn base() -> Result<openssl::ssl::SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("/etc/archive/tls.pem")?;
    builder.set_private_key_file("/etc/archive/tls.key", SslFiletype::PEM)?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}

pub fn plates() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    builder.set_ca_file("/etc/archive/trust/ca-bundle.pem")?;
    Ok(builder.build())
}

pub fn spectra() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    builder.set_ca_file("/opt/observatory/ca-certificates.crt")?;
    Ok(builder.build())
}

/// A client may well trust what everybody trusts.
pub fn catalogue() -> Result<SslConnector, ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_ca_file("/etc/pki/tls/certs/ca-bundle.crt")?;
    Ok(builder.build())
}
