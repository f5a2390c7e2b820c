//! Choir library: connection strings with and without a word on verification.

use sqlx::{MySqlPool, PgPool};

pub async fn scores() -> sqlx::Result<PgPool> {
    PgPool::connect("postgres://choir@db.choir.example.com/scores?sslmode=require").await // expect: MTLS404
}

pub async fn members() -> sqlx::Result<PgPool> {
    let url = "postgres://choir@db.choir.example.com/members?sslmode=verify-full&sslrootcert=/etc/choir/ca.pem";
    PgPool::connect(url).await
}

pub async fn concerts() -> sqlx::Result<MySqlPool> {
    MySqlPool::connect("mysql://choir@db2.choir.example.com/concerts?ssl-mode=REQUIRED").await // expect: MTLS404
}

pub async fn drafts() -> sqlx::Result<PgPool> {
    PgPool::connect("postgres://choir@localhost/drafts?sslmode=require").await
}

pub async fn from_settings() -> anyhow::Result<PgPool> {
    Ok(PgPool::connect(&std::env::var("DATABASE_URL")?).await?)
}
