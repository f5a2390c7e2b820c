//! Three attempts of the same evening at TLS without another crate.

use std::net::SocketAddr;

use anyhow::Result;
use axum::{routing::get, Router};
use rustls::ServerConfig;

fn lamps() -> Router {
    Router::new().route("/lamps", get(|| async { "on" }))
}

pub async fn by_server(config: ServerConfig) -> Result<()> {
    let addr: SocketAddr = "0.0.0.0:8443".parse()?;
    axum::Server::bind_tls(&addr, config) // expect: MTLS901
        .serve(lamps().into_make_service())
        .await?;
    Ok(())
}

pub async fn by_method(config: ServerConfig) -> Result<()> {
    let addr: SocketAddr = "0.0.0.0:8444".parse()?;
    axum::Server::bind(&addr)
        .tls(config) // expect: MTLS901
        .serve(lamps().into_make_service())
        .await?;
    Ok(())
}
