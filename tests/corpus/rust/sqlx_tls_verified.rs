//! The same pools after the review, and one on this host.

use anyhow::{bail, Result};
use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::ConnectOptions;

pub fn bookings(password: &str) -> PgConnectOptions {
    PgConnectOptions::new()
        .host("db.booking.example.com")
        .username("booking")
        .password(password)
        .ssl_mode(PgSslMode::VerifyFull)
        .ssl_root_cert("/etc/booking/db-ca.pem")
        .ssl_client_cert("/etc/booking/tls.pem")
        .ssl_client_key("/run/secrets/booking.key")
        .log_slow_statements(log::LevelFilter::Warn, std::time::Duration::from_secs(1))
}

pub fn legacy(password: &str) -> MySqlConnectOptions {
    MySqlConnectOptions::new()
        .host("mysql.legacy.example.com")
        .username("reader")
        .password(password)
        .ssl_mode(MySqlSslMode::VerifyIdentity)
        .ssl_ca("/etc/booking/legacy-ca.pem")
}

/// On this host.
pub fn sessions() -> PgConnectOptions {
    PgConnectOptions::new().host("127.0.0.1").database("sessions").ssl_mode(PgSslMode::Prefer)
}

/// From the settings: `require` is refused, since sqlx verifies nothing then.
pub fn mode(setting: &str) -> Result<PgSslMode> {
    let mode: PgSslMode = setting.parse()?;
    match mode {
        PgSslMode::VerifyFull => Ok(mode),
        PgSslMode::Require | PgSslMode::Prefer => bail!("{setting}: not verified"),
        _ => bail!("{setting}: not supported"),
    }
}

pub fn from_settings(host: &str, setting: &str) -> Result<PgConnectOptions> {
    Ok(PgConnectOptions::new().host(host).ssl_mode(mode(setting)?))
}
