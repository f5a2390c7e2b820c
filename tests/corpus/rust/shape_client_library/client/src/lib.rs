//! Client of the depot's API: a builder of our own in front of reqwest's.

use std::time::Duration;

#[derive(Clone, Debug)]
pub struct DepotClientBuilder {
    address: Option<String>,
    verify_ca: bool,
    verify_hostnames: bool,
    timeout: Duration,
}

impl Default for DepotClientBuilder {
    fn default() -> Self {
        Self {
            address: None,
            verify_ca: true,
            verify_hostnames: true,
            timeout: Duration::from_secs(10),
        }
    }
}

impl DepotClientBuilder {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn address(self, address: String) -> Self {
        Self { address: Some(address), ..self }
    }

    pub fn danger_accept_invalid_hostnames(self, accept_invalid_hostnames: bool) -> Self {
        Self { verify_hostnames: !accept_invalid_hostnames, ..self }
    }

    pub fn danger_accept_invalid_certs(self, accept_invalid_certs: bool) -> Self {
        Self { verify_ca: !accept_invalid_certs, ..self }
    }

    pub fn build(self) -> reqwest::Result<DepotClient> {
        let client = reqwest::Client::builder()
            .timeout(self.timeout)
            .danger_accept_invalid_hostnames(!self.verify_hostnames)
            .danger_accept_invalid_certs(!self.verify_ca)
            .build()?;
        Ok(DepotClient { client, address: self.address.unwrap_or_default() })
    }
}

pub struct DepotClient {
    pub client: reqwest::Client,
    pub address: String,
}
