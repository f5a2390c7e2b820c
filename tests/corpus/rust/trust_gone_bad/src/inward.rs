//! What the meters meet.

use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};

const CHAIN: &str = "pki/collector.pem"; // expect: MTLS604

pub fn acceptor() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file(CHAIN)?;
    builder.set_private_key_file("/run/secrets/collector.key", SslFiletype::PEM)?;
    // A certificate of one meter; the CA that issued it is what belongs here.
    builder.set_ca_file("pki/meter.pem")?; // expect: MTLS604
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}
