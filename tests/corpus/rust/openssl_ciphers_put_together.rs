//! Lottery terminals: cipher lists written out and glued together.

use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

const MODERN: &str = "ECDHE+AESGCM:ECDHE+CHACHA20";

fn shop(name: &str) -> anyhow::Result<SslAcceptorBuilder> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file(format!("{name}.pem"))?;
    builder.set_private_key_file(format!("{name}.key"), SslFiletype::PEM)?;
    builder.set_ca_file("shops.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}

pub fn formatted() -> anyhow::Result<SslAcceptor> {
    let mut builder = shop("c")?;
    let list = format!("{MODERN}:EXP-RC4-MD5");
    builder.set_cipher_list(&list)?; // expect: MTLS203
    Ok(builder.build())
}

pub fn everything() -> anyhow::Result<SslAcceptor> {
    let mut builder = shop("d")?;
    builder.set_cipher_list("ALL:@SECLEVEL=0")?; // expect: MTLS203
    Ok(builder.build())
}

pub fn excluded() -> anyhow::Result<SslAcceptor> {
    let mut builder = shop("e")?;
    builder.set_cipher_list(concat!("HIGH:!aNULL:!eNULL:", "!RC4:!3DES:!MD5"))?;
    Ok(builder.build())
}

pub fn modern() -> anyhow::Result<SslAcceptor> {
    let mut builder = shop("f")?;
    builder.set_cipher_list(MODERN)?;
    builder.set_ciphersuites("TLS_AES_128_GCM_SHA256")?;
    Ok(builder.build())
}
