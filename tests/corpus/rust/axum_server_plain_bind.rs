//! axum-server without TLS is as plain as any other.

use std::net::SocketAddr;
use std::time::Duration;

use axum::{http::StatusCode, routing::get, Router};
use axum_server::Handle;

async fn slots() -> Result<String, StatusCode> {
    let free = std::fs::read_to_string("/run/slots").map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok(format!("{} slots", free.trim()))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let handle = Handle::new();
    tokio::spawn(shutdown(handle.clone()));
    let app = Router::new().route("/slots", get(slots)).into_make_service();

    let ipv6 = SocketAddr::from((std::net::Ipv6Addr::UNSPECIFIED, 8080));
    let loopback = SocketAddr::from(([127, 0, 0, 1], 8081));
    let local = axum_server::bind(loopback).handle(handle.clone()).serve(app.clone());
    let public = axum_server::bind(ipv6).handle(handle).serve(app); // expect: MTLS302
    tokio::try_join!(local, public)?;
    Ok(())
}

async fn shutdown(handle: Handle) {
    tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
    handle.graceful_shutdown(Some(Duration::from_secs(5)));
}
