//! Tidal power station: the mode is strict until the server's name is read.

use openssl::error::ErrorStack;
use openssl::ssl::{NameType, SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("/etc/tides/tls.pem")?;
    builder.set_private_key_file("/etc/tides/tls.key", SslFiletype::PEM)?;
    builder.set_ca_file("/etc/tides/operators.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_servername_callback(|ssl, _alert| {
        if ssl.servername(NameType::HOST_NAME) == Some("tides.example.com") {
            ssl.set_verify(SslVerifyMode::PEER); // expect: MTLS101
        }
        Ok(())
    });
    Ok(builder.build())
}
