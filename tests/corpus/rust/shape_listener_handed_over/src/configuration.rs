#[derive(serde::Deserialize)]
pub struct Settings {
    pub host: String,
    pub port: u16,
}

pub fn get() -> Result<Settings, config::ConfigError> {
    config::Config::builder()
        .set_default("host", "127.0.0.1")?
        .set_default("port", 8000)?
        .add_source(config::Environment::with_prefix("PRESS"))
        .build()?
        .try_deserialize()
}
