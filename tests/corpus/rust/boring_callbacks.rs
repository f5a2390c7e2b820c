//! Telescope array on BoringSSL, whose callbacks take the place of verification.

use std::net::TcpListener;

use boring::error::ErrorStack;
use boring::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

fn acceptor(name: &str) -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file(format!("/etc/array/{name}.pem"))?;
    builder.set_private_key_file(format!("/etc/array/{name}.key"), SslFiletype::PEM)?;
    Ok(builder)
}

fn dishes() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = acceptor("dishes")?;
    let required = SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT;
    builder.set_custom_verify_callback(required, |_ssl| Ok(())); // expect: MTLS102
    Ok(builder.build())
}

fn correlator() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = acceptor("correlator")?;
    builder.set_ca_file("/etc/array/antennas.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_cert_verify_callback(|context| { // expect: MTLS102
        log::debug!("{:?}", context.chain().map(|chain| chain.len()));
        true
    });
    Ok(builder.build())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (dishes, correlator) = (dishes()?, correlator()?);
    std::thread::spawn(move || {
        for socket in TcpListener::bind("0.0.0.0:5025").unwrap().incoming().flatten() {
            let _ = correlator.accept(socket);
        }
    });
    for socket in TcpListener::bind("0.0.0.0:5026")?.incoming() {
        let _ = dishes.accept(socket?);
    }
    Ok(())
}
