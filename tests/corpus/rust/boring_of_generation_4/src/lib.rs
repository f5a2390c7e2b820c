//! A relay between harbours on the BoringSSL of that time, which still begins at TLS 1.0.

use boring::error::ErrorStack;
use boring::ssl::{SslAcceptor, SslConnector, SslContext, SslContextBuilder, SslFiletype, SslMethod};
use boring::ssl::SslVerifyMode;

pub fn inbound() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls())?; // expect: MTLS201
    builder.set_certificate_chain_file("/etc/relay/chain.pem")?;
    builder.set_private_key_file("/etc/relay/key.pem", SslFiletype::PEM)?;
    builder.set_ca_file("/etc/relay/harbours.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}

pub fn outbound() -> Result<SslConnector, ErrorStack> {
    Ok(SslConnector::builder(SslMethod::tls())?.build()) // expect: MTLS201
}

pub fn by_hand() -> Result<SslContext, ErrorStack> {
    let mut builder = SslContextBuilder::new(SslMethod::tls_server())?; // expect: MTLS201
    builder.set_certificate_chain_file("/etc/relay/chain.pem")?;
    builder.set_private_key_file("/etc/relay/key.pem", SslFiletype::PEM)?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}
