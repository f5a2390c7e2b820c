//! Cider press: a listener type of another crate, which may well be TLS.

use axum::{routing::get, Router};
use rustls::ServerConfig;
use std::sync::Arc;
use tls_listener::TlsListener;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

pub async fn press(config: Arc<ServerConfig>) -> std::io::Result<()> {
    let tcp = TcpListener::bind("0.0.0.0:8443").await?;
    let listener = TlsListener::new(TlsAcceptor::from(config), tcp);
    let app = Router::new().route("/litres", get(|| async { "900" }));
    axum::serve(listener, app).await
}

/// Behind a function of the platform team; it decides what kind of listener this is.
pub async fn taps() -> std::io::Result<()> {
    let app = Router::new().route("/taps", get(|| async { "4" }));
    axum::serve(platform::net::listen("0.0.0.0:9000").await?, app).await
}
