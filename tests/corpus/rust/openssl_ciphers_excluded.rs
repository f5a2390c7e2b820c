//! Cipher lists that name weak ciphers only to keep them out.

use anyhow::Result;
use openssl::ssl::{
    SslAcceptor, SslAcceptorBuilder, SslConnector, SslFiletype, SslMethod, SslVerifyMode,
    SslVersion,
};

/// What the scanner reports as weak: `RC4-SHA`, `DES-CBC3-SHA`, `EXP-RC4-MD5`.
pub const WEAK: &[&str] = &["RC4-SHA", "DES-CBC3-SHA", "EXP-RC4-MD5", "ADH-AES128-SHA"];

const EXCLUDED: &str = "!aNULL:!eNULL:!EXPORT:!DES:!3DES:!RC4:!MD5:!PSK";

fn mutual(builder: &mut SslAcceptorBuilder) -> Result<()> {
    builder.set_certificate_chain_file("/etc/desk/tls.pem")?;
    builder.set_private_key_file("/etc/desk/tls.key", SslFiletype::PEM)?;
    builder.set_ca_file("/etc/desk/staff.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(())
}

/// Takes out again what it has put in.
pub fn subtracting() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    mutual(&mut builder)?;
    builder.set_cipher_list("HIGH:DES-CBC3-SHA:RC4-SHA:-3DES:!RC4:!aNULL:!MD5")?;
    Ok(builder.build())
}

/// The last call counts.
pub fn replacing() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    mutual(&mut builder)?;
    builder.set_cipher_list("ALL:@SECLEVEL=0")?;
    builder.set_ciphersuites("TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256")?;
    builder.set_cipher_list("ECDHE+AESGCM:ECDHE+CHACHA20")?;
    Ok(builder.build())
}

/// The old preset knows 3DES; neither its floor nor its list is left.
pub fn overridden() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_cipher_list("ECDHE+AESGCM:ECDHE+CHACHA20:!3DES")?;
    mutual(&mut builder)?;
    Ok(builder.build())
}

pub fn joined() -> Result<SslConnector> {
    let mut builder = SslConnector::builder(SslMethod::tls())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_cipher_list(&format!("ECDHE+AESGCM:{EXCLUDED}"))?;
    Ok(builder.build())
}

pub fn is_weak(cipher: &str) -> bool {
    WEAK.contains(&cipher) || cipher.contains("NULL")
}

pub fn operator_choice(list: &str) -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    mutual(&mut builder)?;
    builder.set_cipher_list(list)?;
    Ok(builder.build())
}
