//! Fairground: where to listen is put together from constants.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{routing::get, Router};
use tokio::net::TcpListener;

const EVERYWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const PORT: u16 = 8000;
const RIDES: SocketAddr = SocketAddr::new(EVERYWHERE, PORT + 1);

async fn tickets() -> std::io::Result<()> {
    let app = Router::new().route("/tickets", get(|| async { "2 for 5" }));
    let listener = TcpListener::bind(SocketAddr::new(EVERYWHERE, PORT)).await?;
    axum::serve(listener, app).await // expect: MTLS302
}

async fn rides() -> std::io::Result<()> {
    let app = Router::new().route("/rides", get(|| async { "wheel, coaster" }));
    axum::serve(TcpListener::bind(RIDES).await?, app).await // expect: MTLS302
}

async fn office() -> std::io::Result<()> {
    let app = Router::new().route("/takings", get(|| async { "312" }));
    axum::serve(TcpListener::bind((HERE, PORT + 2)).await?, app).await
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tokio::try_join!(tickets(), rides(), office())?;
    Ok(())
}
