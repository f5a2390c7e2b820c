//! Toy train controller: the context demands certificates, each connection is let off.

use std::net::TcpListener;

use openssl::ssl::{Ssl, SslContext, SslFiletype, SslMethod, SslVerifyMode, SslVersion};

fn context() -> Result<SslContext, openssl::error::ErrorStack> {
    let mut context = SslContext::builder(SslMethod::tls_server())?;
    context.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    context.set_certificate_chain_file("station.pem")?;
    context.set_private_key_file("station.key", SslFiletype::PEM)?;
    context.set_ca_file("trains.pem")?;
    context.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(context.build())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let context = context()?;
    for socket in TcpListener::bind("0.0.0.0:3700")?.incoming() {
        let mut ssl = Ssl::new(&context)?;
        ssl.set_verify(SslVerifyMode::PEER); // expect: MTLS101
        if let Err(error) = ssl.accept(socket?) {
            eprintln!("{error}");
        }
    }
    Ok(())
}
