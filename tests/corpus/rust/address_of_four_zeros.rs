//! Hop garden: an array of four equal numbers is an address, too.

use std::net::{Ipv6Addr, SocketAddr};

use axum::{routing::get, Router};
use tokio::net::TcpListener;

async fn poles() -> std::io::Result<()> {
    let app = Router::new().route("/poles", get(|| async { "1200" }));
    let listener = TcpListener::bind(SocketAddr::from(([0; 4], 8080))).await?;
    axum::serve(listener, app).await // expect: MTLS302
}

async fn cones() -> std::io::Result<()> {
    let app = Router::new().route("/cones", get(|| async { "many" }));
    let listener = TcpListener::bind((Ipv6Addr::from([0; 16]), 8081)).await?;
    axum::serve(listener, app).await // expect: MTLS302
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tokio::try_join!(poles(), cones())?;
    Ok(())
}
