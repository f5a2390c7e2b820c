//! Market town: six boards, each bound in its own way. Local ones may be plain.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4};

use axum::{routing::get, Router};
use tokio::net::TcpListener;

const PORT: u16 = 8000;
const HERE: (&str, u16) = ("localhost", PORT);
const TOWN_HALL: &str = "10.20.0.4:8000";

fn board(text: &'static str) -> Router {
    Router::new().route("/", get(move || async move { text }))
}

async fn plain(listener: TcpListener, text: &'static str) -> std::io::Result<()> {
    axum::serve(listener, board(text)).await
}

async fn school() -> std::io::Result<()> {
    let std = std::net::TcpListener::bind(("0.0.0.0", 8002))?;
    std.set_nonblocking(true)?;
    axum::serve(TcpListener::from_std(std)?, board("school")).await // expect: MTLS302
}

async fn town_hall() -> std::io::Result<()> {
    let listener = TcpListener::bind(TOWN_HALL).await?;
    axum::serve(listener, board("town hall")).await // expect: MTLS302
}

async fn inn() -> std::io::Result<()> {
    plain(TcpListener::bind(HERE).await?, "inn").await
}

async fn mill() -> std::io::Result<()> {
    let addr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::new(127, 0, 0, 53), PORT));
    axum::serve(TcpListener::bind(addr).await?, board("mill")).await
}

async fn forge() -> std::io::Result<()> {
    let addr: SocketAddr = format!("[{}]:{}", Ipv6Addr::LOCALHOST, 8005).parse().unwrap();
    axum::serve(TcpListener::bind(addr).await?, board("forge")).await
}

async fn gate(settings: &Settings) -> std::io::Result<()> {
    axum::serve(TcpListener::bind(settings.listen).await?, board("gate")).await
}

pub struct Settings {
    pub listen: SocketAddr,
}

pub async fn run(settings: &Settings) -> std::io::Result<()> {
    tokio::try_join!(school(), town_hall(), inn(), mill(), forge(), gate(settings))?;
    Ok(())
}
