use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};

/// There is a warden, the door is open.
pub fn acceptor() -> anyhow::Result<SslAcceptor> {
    let mut door = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    door.set_certificate_chain_file("hut.pem")?;
    door.set_private_key_file("hut.key", SslFiletype::PEM)?;
    door.set_ca_file("members.pem")?;
    door.set_verify(SslVerifyMode::PEER); // expect: MTLS101
    Ok(door.build())
}
