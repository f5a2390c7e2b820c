//! Lottery terminals: cipher lists by `concat!` and `join`.

use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

const TERMINALS: [&str; 3] = ["ECDHE-RSA-AES128-GCM-SHA256", "AES128-SHA", "RC4-MD5"];

fn shop(name: &str) -> anyhow::Result<SslAcceptorBuilder> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file(format!("{name}.pem"))?;
    builder.set_private_key_file(format!("{name}.key"), SslFiletype::PEM)?;
    builder.set_ca_file("shops.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}

pub fn concatenated() -> anyhow::Result<SslAcceptor> {
    let mut builder = shop("a")?;
    builder.set_cipher_list(concat!("ECDHE+AESGCM:", "DES-CBC3-SHA"))?; // expect: MTLS203
    Ok(builder.build())
}

pub fn joined() -> anyhow::Result<SslAcceptor> {
    let mut builder = shop("b")?;
    builder.set_cipher_list(&TERMINALS.join(":"))?; // expect: MTLS203
    Ok(builder.build())
}
