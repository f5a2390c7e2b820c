//! Settings, from `register.toml` and the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use figment::providers::{Env, Format, Toml};
use figment::Figment;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    pub listen: SocketAddr,
    /// Plaintext, for the probe. Unset in production.
    pub probe: Option<SocketAddr>,
    pub tls: Tls,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Tls {
    pub chain: PathBuf,
    pub key: PathBuf,
    pub parishes: PathBuf,
    pub crl: Option<PathBuf>,
}

impl Settings {
    pub fn load() -> eyre::Result<Self> {
        let figment = Figment::new()
            .merge(Toml::file("register.toml"))
            .merge(Env::prefixed("REGISTER_").split("__"));
        Ok(figment.extract()?)
    }
}
