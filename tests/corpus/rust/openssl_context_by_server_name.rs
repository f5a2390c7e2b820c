//! Harbour radio. One port, two names. The other context brings its certificate along and no more:
//! OpenSSL keeps the mode that the connection began with, so both names ask.

use std::net::TcpListener;

use openssl::error::ErrorStack;
use openssl::ssl::{NameType, SniError, SslAcceptor, SslContext, SslFiletype, SslMethod, SslVerifyMode};

fn public() -> Result<SslContext, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("public.pem")?;
    builder.set_private_key_file("public.key", SslFiletype::PEM)?;
    Ok(builder.build().into_context())
}

fn pilots() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("pilots.pem")?;
    builder.set_private_key_file("pilots.key", SslFiletype::PEM)?;
    builder.set_ca_file("pilots-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    let other = public()?;
    builder.set_servername_callback(move |ssl, _alert| {
        if ssl.servername(NameType::HOST_NAME) == Some("radio.example.com") {
            ssl.set_ssl_context(&other).map_err(|_| SniError::ALERT_FATAL)?;
        }
        Ok(())
    });
    Ok(builder.build())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let acceptor = pilots()?;
    for socket in TcpListener::bind("0.0.0.0:8443")?.incoming() {
        let _ = acceptor.accept(socket?);
    }
    Ok(())
}
