//! Small services: their addresses come from the environment or the command line, and from here
//! where nobody says anything.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::Router;
use clap::Parser;
use tokio::net::TcpListener;

#[derive(Parser, Debug)]
struct Options {
    /// Where the catalogue is served.
    #[arg(long, env = "CATALOGUE", default_value = "0.0.0.0:8080")]
    catalogue: SocketAddr,
    #[arg(short, long, default_value_t = 9000)]
    port: u16,
    #[clap(long, default_value_t = IpAddr::V4(Ipv4Addr::UNSPECIFIED))]
    host: IpAddr,
    #[clap(long, default_value = "127.0.0.1")]
    admin: String,
    /// Without a default nobody knows.
    #[arg(long)]
    mirror: SocketAddr,
    #[command(flatten)]
    probes: Probes,
}

#[derive(clap::Args, Debug)]
struct Probes {
    #[arg(long, default_value = "0.0.0.0")]
    health: String,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let listener = TcpListener::bind(options.catalogue).await?;
    axum::serve(listener, catalogue()).await?; // expect: MTLS302

    let listener = TcpListener::bind((options.host, options.port)).await?;
    axum::serve(listener, catalogue()).await?; // expect: MTLS302

    let listener = TcpListener::bind(format!("{}:{}", options.admin, options.port)).await?;
    axum::serve(listener, catalogue()).await?;

    let listener = TcpListener::bind(options.mirror).await?;
    axum::serve(listener, catalogue()).await?;

    watch(options.probes).await
}

async fn watch(probes: Probes) -> anyhow::Result<()> {
    let listener = TcpListener::bind(format!("{}:7000", probes.health)).await?;
    axum::serve(listener, catalogue()).await?; // expect: MTLS302
    Ok(())
}

pub async fn reading_room() -> anyhow::Result<()> {
    let ip = std::env::var("ROOM_IP").unwrap_or_else(|_| "0.0.0.0".to_string());
    let port = std::env::var("ROOM_PORT").unwrap_or_else(|_| "3000".to_string());
    let address = format!("{ip}:{port}");
    let listener = TcpListener::bind(address.clone()).await?;
    axum::serve(listener, catalogue()).await?; // expect: MTLS302
    Ok(())
}

pub async fn lending() -> anyhow::Result<()> {
    let text = std::env::var("LENDING").unwrap_or("0.0.0.0:8081".into());
    let address: SocketAddr = text.parse()?;
    let listener = TcpListener::bind(&address).await?;
    axum::serve(listener, catalogue()).await?; // expect: MTLS302
    Ok(())
}

pub async fn archive() -> anyhow::Result<()> {
    let host = std::env::var("ARCHIVE_HOST").unwrap_or_else(|_| "127.0.0.1".to_string());
    let listener = TcpListener::bind((host.as_str(), 8082)).await?;
    axum::serve(listener, catalogue()).await?;
    Ok(())
}

fn catalogue() -> Router {
    Router::new()
}
