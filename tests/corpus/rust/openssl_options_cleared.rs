//! Jukebox network: a good preset, and what was done to it afterwards.

use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslOptions, SslVerifyMode};

type Result<T> = std::result::Result<T, openssl::error::ErrorStack>;

fn clients(builder: &mut openssl::ssl::SslAcceptorBuilder) -> Result<()> {
    builder.set_certificate_chain_file("jukebox.pem")?;
    builder.set_private_key_file("jukebox.key", SslFiletype::PEM)?;
    builder.set_ca_file("bars.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(())
}

pub fn reopened() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    clients(&mut builder)?;
    builder.clear_options(SslOptions::NO_TLSV1_1); // expect: MTLS202
    Ok(builder.build())
}
