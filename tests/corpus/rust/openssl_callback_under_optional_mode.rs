//! Village pump: the callback keeps the library's verdict, the mode lets those in that show none.

use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use std::net::TcpListener;

fn pump() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern(SslMethod::tls())?;
    builder.set_certificate_chain_file("pump.pem")?;
    builder.set_private_key_file("pump.key", SslFiletype::PEM)?;
    builder.set_ca_file("villagers.pem")?;
    builder.set_verify_callback(SslVerifyMode::PEER, |verdict, _| verdict); // expect: MTLS101
    Ok(builder.build())
}

fn well() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern(SslMethod::tls())?;
    builder.set_certificate_chain_file("well.pem")?;
    builder.set_private_key_file("well.key", SslFiletype::PEM)?;
    builder.set_ca_file("villagers.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    // Takes the place of the mode above, too.
    builder.set_verify_callback(SslVerifyMode::PEER, |verdict, context| { // expect: MTLS101
        verdict && context.chain().is_some()
    });
    Ok(builder.build())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (pump, well) = (pump()?, well()?);
    for socket in TcpListener::bind("0.0.0.0:8100")?.incoming() {
        let socket = socket?;
        let _ = if socket.local_addr()?.is_ipv4() { pump.accept(socket) } else { well.accept(socket) };
    }
    Ok(())
}
