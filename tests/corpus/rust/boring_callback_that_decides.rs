//! Skate park lights on BoringSSL. The callback replaces verification, and does it.

use std::collections::BTreeSet;

use boring::hash::MessageDigest;
use boring::ssl::{SslAcceptor, SslAlert, SslFiletype, SslMethod, SslVerifyError, SslVerifyMode};

pub fn lights(paired: BTreeSet<Vec<u8>>) -> Result<SslAcceptor, boring::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("park.pem")?;
    builder.set_private_key_file("park.key", SslFiletype::PEM)?;
    let mode = SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT;
    builder.set_custom_verify_callback(mode, move |ssl| {
        let refused = || SslVerifyError::Invalid(SslAlert::BAD_CERTIFICATE);
        let cert = ssl.peer_certificate().ok_or_else(refused)?;
        let digest = cert.digest(MessageDigest::sha256()).map_err(|_| refused())?;
        if paired.contains(&digest.to_vec()) { Ok(()) } else { Err(refused()) }
    });
    Ok(builder.build())
}
