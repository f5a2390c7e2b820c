use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};

/// Members have the key.
pub fn acceptor() -> anyhow::Result<SslAcceptor> {
    let mut door = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    door.set_certificate_chain_file("hut.pem")?;
    door.set_private_key_file("hut.key", SslFiletype::PEM)?;
    door.set_ca_file("members.pem")?;
    door.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(door.build())
}
