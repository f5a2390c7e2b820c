//! Metadata store on MySQL: the URL says where, the settings say how careful.

use anyhow::Context;
use sqlx::mysql::{MySqlConnectOptions, MySqlPool, MySqlSslMode};

use crate::settings::{Care, Tls};

async fn options(urls: &[String], tls: Option<&Tls>) -> anyhow::Result<MySqlConnectOptions> {
    let url = urls.first().context("no store is configured")?;
    let parsed: MySqlConnectOptions = url.parse().context("not a MySQL URL")?;
    let mut options = parsed.pipes_as_concat(false).timezone(None);

    let Some(tls) = tls else {
        return Ok(options);
    };
    match tls.care {
        Care::Off => return Ok(options),
        Care::Some => {
            options = options.ssl_mode(MySqlSslMode::Required); // expect: MTLS404
        }
        Care::Full => {
            options = options.ssl_mode(MySqlSslMode::VerifyIdentity);
            options = options.ssl_ca(&tls.ca);
        }
    }
    Ok(options)
}

pub async fn open(urls: &[String], tls: Option<&Tls>) -> anyhow::Result<MySqlPool> {
    Ok(MySqlPool::connect_with(options(urls, tls).await?).await?)
}
