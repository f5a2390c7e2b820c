//! TLS settings shared by the listeners of the scheduler.

use std::path::PathBuf;

use anyhow::{Context, Result};
use openssl::ssl::{AlpnError, SslAcceptor, SslFiletype, SslMethod, SslOptions};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
pub struct TlsConfig {
    pub certificate: PathBuf,
    pub private_key: PathBuf,
    pub client_ca: PathBuf,
    #[serde(default)]
    pub tickets: bool,
}

impl TlsConfig {
    /// An acceptor for workers, which sign in with certificates of `client_ca`.
    pub fn acceptor(&self) -> Result<SslAcceptor> {
        let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())
            .context("cannot create an acceptor")?;
        builder
            .set_certificate_chain_file(&self.certificate)
            .with_context(|| format!("certificate {}", self.certificate.display()))?;
        builder
            .set_private_key_file(&self.private_key, SslFiletype::PEM)
            .with_context(|| format!("key {}", self.private_key.display()))?;
        // expect: MTLS104
        builder.set_ca_file(&self.client_ca).context("client CA")?;
        builder.set_verify_depth(2);
        if !self.tickets {
            builder.set_options(SslOptions::NO_TICKET);
        }
        builder.set_alpn_select_callback(|_, offered| {
            openssl::ssl::select_next_proto(b"\x02h2\x08http/1.1", offered).ok_or(AlpnError::NOACK)
        });
        Ok(builder.build())
    }
}
