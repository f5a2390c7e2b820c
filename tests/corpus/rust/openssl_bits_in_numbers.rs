//! Verify modes as numbers, from a port of C code that kept them.

use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use std::net::TcpListener;

const SSL_VERIFY_PEER: i32 = 0x01;
const SSL_VERIFY_FAIL_IF_NO_PEER_CERT: i32 = 0x02;

fn acceptor(ca: &str, mode: SslVerifyMode) -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("port.pem")?;
    builder.set_private_key_file("port.key", SslFiletype::PEM)?;
    builder.set_ca_file(ca)?;
    builder.set_verify(mode);
    Ok(builder.build())
}

fn ships() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mode = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    acceptor("ships.pem", SslVerifyMode::from_bits_truncate(mode))
}

fn gulls() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("port.pem")?;
    builder.set_private_key_file("port.key", SslFiletype::PEM)?;
    builder.set_ca_file("gulls.pem")?;
    builder.set_verify(SslVerifyMode::from_bits(SSL_VERIFY_PEER).unwrap()); // expect: MTLS101
    Ok(builder.build())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (ships, gulls) = (ships()?, gulls()?);
    let pier = TcpListener::bind("0.0.0.0:4430")?;
    std::thread::spawn(move || {
        let roof = TcpListener::bind("0.0.0.0:4431").expect("roof");
        roof.incoming().flatten().for_each(|tcp| drop(gulls.accept(tcp)));
    });
    pier.incoming().flatten().for_each(|tcp| drop(ships.accept(tcp)));
    Ok(())
}
