//! What the file says, or the defaults until it is read.

use arc_swap::ArcSwap;
use once_cell::sync::Lazy;
use serde::Deserialize;
use std::collections::HashMap;

static CONFIG: Lazy<ArcSwap<Config>> = Lazy::new(|| ArcSwap::from_pointee(Config::default()));

#[derive(Clone, Debug, Deserialize)]
pub struct Config {
    pub general: General,
    pub pools: HashMap<String, Pool>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Pool {
    pub servers: Vec<Server>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Server {
    pub host: String,
    pub port: u16,
}

#[derive(Clone, Debug, Deserialize)]
pub struct General {
    pub tls_certificate: Option<String>,
    pub tls_private_key: Option<String>,
    pub server_tls: bool,
    pub verify_server_certificate: bool,
}

impl Default for General {
    fn default() -> General {
        General {
            tls_certificate: None,
            tls_private_key: None,
            server_tls: false,
            verify_server_certificate: false,
        }
    }
}

impl Default for Config {
    fn default() -> Config {
        Config { general: General::default(), pools: HashMap::default() }
    }
}

pub fn get_config() -> Config {
    (*(*CONFIG.load())).clone()
}

pub fn reload(path: &str) -> anyhow::Result<()> {
    let config: Config = toml::from_str(&std::fs::read_to_string(path)?)?;
    CONFIG.store(std::sync::Arc::new(config));
    Ok(())
}

mod test {
    use super::*;

    #[tokio::test]
    async fn reads_the_sample() {
        reload("pooler.toml").unwrap();
        assert_eq!(get_config().general.tls_certificate, None);
        assert_eq!(get_config().pools["simple"].servers[0].port, 5432);
        assert_eq!(get_config().pools["simple"].servers[0].host, "127.0.0.1");
    }
}
