//! HTTP clients of the portal.
//!
//! ```ignore
//! // Do not do this:
//! let client = reqwest::Client::builder().danger_accept_invalid_certs(true).build()?;
//! ```

use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::{tls, Certificate, Client, ClientBuilder};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub struct HttpSettings {
    /// Passed to `danger_accept_invalid_certs`. Operators of the lab set it to true.
    pub accept_invalid_certs: bool,
    pub timeout_seconds: u64,
    pub extra_ca: Option<String>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        HttpSettings { accept_invalid_certs: false, timeout_seconds: 10, extra_ca: None }
    }
}

fn base() -> ClientBuilder {
    Client::builder().use_rustls_tls().min_tls_version(tls::Version::TLS_1_2)
}

pub fn internal(settings: &HttpSettings) -> Result<Client> {
    let mut builder = base()
        .timeout(Duration::from_secs(settings.timeout_seconds))
        .danger_accept_invalid_certs(settings.accept_invalid_certs);
    if let Some(pem) = &settings.extra_ca {
        let ca = Certificate::from_pem(pem.as_bytes()).context("extra_ca")?;
        builder = builder.add_root_certificate(ca);
    }
    Ok(builder.build()?)
}

pub fn external() -> Result<Client> {
    // base().danger_accept_invalid_certs(true) was used until the proxy got its own CA
    let client = base().danger_accept_invalid_certs(false).https_only(true).build()?;
    Ok(client)
}

pub fn developer() -> Result<Client> {
    let client = base().danger_accept_invalid_certs(cfg!(debug_assertions)).build()?;
    tracing::info!(
        note = "danger_accept_invalid_certs(true) in debug builds only",
        debug = cfg!(debug_assertions),
    );
    Ok(client)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn self_signed_fixture_is_reachable() {
        let client = base().danger_accept_invalid_certs(true).build();
        assert!(client.is_ok());
    }
}
