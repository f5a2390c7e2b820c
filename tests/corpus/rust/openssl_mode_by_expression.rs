//! Cloakroom: the mode is an `if` in an argument, and a `match` in a variable.

use openssl::ssl::*;

#[derive(Clone, Copy)]
pub enum Guests {
    Tagged,
    Anybody,
}

fn acceptor() -> Result<SslAcceptorBuilder, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("cloakroom.pem")?;
    builder.set_private_key_file("cloakroom.key", SslFiletype::PEM)?;
    for ca in ["staff.pem", "guests.pem"] {
        builder.set_ca_file(ca)?;
    }
    Ok(builder)
}

pub fn counter(busy: bool) -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = acceptor()?;
    builder.set_verify(if busy { // expect: MTLS101
        SslVerifyMode::PEER
    } else {
        SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT
    });
    Ok(builder.build())
}

pub fn entrance(guests: Guests) -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = acceptor()?;
    let mode = match guests {
        Guests::Tagged => SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT,
        Guests::Anybody => SslVerifyMode::PEER,
    };
    builder.set_verify(mode); // expect: MTLS101
    Ok(builder.build())
}
