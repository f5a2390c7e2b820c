//! The mode comes from the deployment's settings; the code can't tell which one it is.

use anyhow::{bail, Result};
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Listener {
    pub certificate: String,
    pub key: String,
    pub client_ca: String,
    /// "none", "optional" or "required", turned into flags by [`mode_bits`]
    pub client_auth: u8,
}

/// Documented values: 0 = NONE, 1 = PEER, 3 = PEER + FAIL_IF_NO_PEER_CERT.
fn mode_bits(value: u8) -> Result<SslVerifyMode> {
    match SslVerifyMode::from_bits(value.into()) {
        Some(mode) => Ok(mode),
        None => bail!("client_auth = {value} is no verify mode"),
    }
}

pub fn acceptor(listener: &Listener) -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file(&listener.certificate)?;
    builder.set_private_key_file(&listener.key, SslFiletype::PEM)?;
    builder.set_ca_file(&listener.client_ca)?;
    builder.set_verify(mode_bits(listener.client_auth)?);
    Ok(builder.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_documented_values() {
        assert_eq!(mode_bits(0).unwrap(), SslVerifyMode::NONE);
        assert_eq!(mode_bits(1).unwrap(), SslVerifyMode::PEER);
        assert!(mode_bits(255).is_err());
    }
}
