//! Statistics. The database's certificate is checked against the company's CA, its name is not.

use anyhow::Result;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgSslMode};

fn options(host: &str) -> PgConnectOptions {
    PgConnectOptions::new()
        .host(host)
        .username("statistics")
        .database("sales")
        .ssl_root_cert("/etc/statistics/company-ca.pem")
        .ssl_mode(PgSslMode::VerifyCa) // expect: MTLS402
}

pub async fn pool() -> Result<PgPool> {
    let pool =
        PgPoolOptions::new().max_connections(2).connect_with(options("db.sales.example.com"));
    Ok(pool.await?)
}

pub async fn revenue(pool: &PgPool, month: &str) -> Result<i64> {
    let cents = sqlx::query_scalar("select coalesce(sum(cents), 0) from sales where month = $1")
        .bind(month)
        .fetch_one(pool)
        .await?;
    Ok(cents)
}
