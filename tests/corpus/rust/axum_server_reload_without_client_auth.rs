//! Public status feed; its certificate is renewed by an ACME client.

use std::net::SocketAddr;
use std::time::Duration;

use axum::{http::header, response::IntoResponse, routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use tokio::time::{interval, MissedTickBehavior};

const CHAIN: &str = "/var/lib/acme/feed/fullchain.pem";
const KEY: &str = "/var/lib/acme/feed/privkey.pem";

async fn feed() -> impl IntoResponse {
    let body = "<?xml version=\"1.0\"?><feed><title>Status</title></feed>";
    ([(header::CONTENT_TYPE, "application/atom+xml")], body)
}

async fn follow_renewals(config: RustlsConfig) {
    let mut daily = interval(Duration::from_secs(24 * 3600));
    daily.set_missed_tick_behavior(MissedTickBehavior::Delay);
    daily.tick().await;
    loop {
        daily.tick().await;
        if let Err(error) = config.reload_from_pem_file(CHAIN, KEY).await {
            tracing::error!(%error, "certificate was not renewed");
        }
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let config = RustlsConfig::from_pem_file(CHAIN, KEY).await?; // expect: MTLS103
    tokio::spawn(follow_renewals(config.clone()));

    let app = Router::new().route("/feed.xml", get(feed));
    axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 443)), config)
        .serve(app.into_make_service())
        .await
}
