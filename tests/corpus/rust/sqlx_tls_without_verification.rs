//! Connection pools of the booking service.

use std::time::Duration;

use anyhow::Result;
use sqlx::mysql::{MySqlConnectOptions, MySqlPool, MySqlPoolOptions, MySqlSslMode};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgSslMode};

pub struct Pools {
    pub bookings: PgPool,
    pub legacy: MySqlPool,
}

fn bookings(password: &str) -> PgConnectOptions {
    PgConnectOptions::new()
        .host("db.booking.example.com")
        .username("booking")
        .password(password)
        .database("bookings")
        // Encrypted, and to whom doesn't matter: sqlx checks no certificate here.
        .ssl_mode(PgSslMode::Require) // expect: MTLS404
        .ssl_root_cert("/etc/booking/db-ca.pem") // expect: MTLS902
}

fn legacy(password: &str) -> MySqlConnectOptions {
    let options = MySqlConnectOptions::new()
        .host("mysql.legacy.example.com")
        .username("reader")
        .password(password)
        .database("rooms");
    options.ssl_mode(MySqlSslMode::Required) // expect: MTLS404
}

impl Pools {
    pub async fn open() -> Result<Pools> {
        let password = std::env::var("DB_PASSWORD")?;
        Ok(Pools {
            bookings: PgPoolOptions::new()
                .max_connections(20)
                .acquire_timeout(Duration::from_secs(3))
                .connect_with(bookings(&password))
                .await?,
            legacy: MySqlPoolOptions::new()
                .max_connections(4)
                .connect_with(legacy(&password))
                .await?,
        })
    }

    pub async fn free_rooms(&self, hotel: i64) -> Result<i64> {
        let rooms: i64 = sqlx::query_scalar("select count(*) from rooms where hotel = ?")
            .bind(hotel)
            .fetch_one(&self.legacy)
            .await?;
        let booked: i64 = sqlx::query_scalar("select count(*) from bookings where hotel = $1")
            .bind(hotel)
            .fetch_one(&self.bookings)
            .await?;
        Ok(rooms - booked)
    }
}
