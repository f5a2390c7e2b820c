//! A workbench: everything listens on this machine unless somebody says otherwise.

use axum::Router;
use clap::Parser;
use serde::Deserialize;
use tokio::net::TcpListener;

#[derive(Parser)]
struct Options {
    #[arg(long, env = "BENCH", default_value = "127.0.0.1:8080")]
    bench: String,
    #[arg(long)]
    shed: Option<String>,
}

#[derive(Deserialize)]
struct Drawer {
    #[serde(default = "beside")]
    host: String,
    #[serde(default)]
    port: u16,
}

fn beside() -> String {
    "::1".to_owned()
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    axum::serve(TcpListener::bind(&options.bench).await?, tools()).await?;

    let shed = options.shed.unwrap_or_else(|| "localhost:8081".to_string());
    axum::serve(TcpListener::bind(shed).await?, tools()).await?;

    let drawer: Drawer = toml::from_str(&std::fs::read_to_string("drawer.toml")?)?;
    let listener = TcpListener::bind((drawer.host.as_str(), drawer.port)).await?;
    axum::serve(listener, tools()).await?;

    let host = std::env::var("LATHE").unwrap_or_default();
    axum::serve(TcpListener::bind(format!("{host}:8082")).await?, tools()).await?;
    Ok(())
}

fn tools() -> Router {
    Router::new()
}
