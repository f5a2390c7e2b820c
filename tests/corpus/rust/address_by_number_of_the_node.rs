//! Voting among three nodes: which address is this one's, its number says.

use axum::{routing::post, Router};
use std::net::SocketAddr;
use tokio::net::TcpListener;

const HEARTBEATS: [&str; 3] = ["0.0.0.0:9100", "0.0.0.0:9101", "0.0.0.0:9102"];
const INSPECTION: &[&str] = &["127.0.0.1:9200", "127.0.0.1:9201", "127.0.0.1:9202"];

fn routes() -> Router {
    Router::new().route("/vote", post(|| async { "for the one with the longest log" }))
}

async fn votes(number: u32) -> anyhow::Result<()> {
    let nodes = ["0.0.0.0:9000", "0.0.0.0:9001", "0.0.0.0:9002"];
    let mine: SocketAddr = nodes[number as usize].parse()?;
    let listener = TcpListener::bind(mine).await?;
    Ok(axum::serve(listener, routes()).await?) // expect: MTLS302
}

async fn heartbeats(number: usize) -> anyhow::Result<()> {
    let listener = TcpListener::bind(HEARTBEATS[number]).await?;
    Ok(axum::serve(listener, routes()).await?) // expect: MTLS302
}

async fn inspection(number: usize) -> anyhow::Result<()> {
    let listener = TcpListener::bind(INSPECTION[number]).await?;
    Ok(axum::serve(listener, routes()).await?)
}

/// Some of these are this machine's own.
async fn mixed(number: usize) -> anyhow::Result<()> {
    let listener = TcpListener::bind(["127.0.0.1:9300", "0.0.0.0:9301"][number]).await?;
    Ok(axum::serve(listener, routes()).await?)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let number: usize = std::env::var("NODE")?.parse()?;
    tokio::try_join!(votes(number as u32), heartbeats(number), inspection(number), mixed(number))?;
    Ok(())
}
