//! Ticket offices: addresses come from settings files, subcommands or the environment, and from
//! here where these say nothing.

use axum::Router;
use clap::{Parser, Subcommand};
use serde::Deserialize;
use tokio::net::TcpListener;

#[derive(Deserialize, Clone)]
pub struct Office {
    #[serde(default = "anywhere")]
    pub host: String,
    #[serde(default = "here")]
    pub admin: String,
    #[serde(default = "port")]
    pub port: u16,
}

fn anywhere() -> String {
    "0.0.0.0".to_string()
}

fn here() -> String {
    String::from("127.0.0.1")
}

fn port() -> u16 {
    8080
}

pub async fn office(path: &str) -> anyhow::Result<()> {
    let office: Office = toml::from_str(&std::fs::read_to_string(path)?)?;
    let listener = TcpListener::bind(format!("{}:{}", office.host, office.port)).await?;
    axum::serve(listener, counters()).await?; // expect: MTLS302

    let listener = TcpListener::bind(format!("{}:{}", office.admin, office.port)).await?;
    axum::serve(listener, counters()).await?;
    Ok(())
}

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Sell {
        #[arg(long, default_value = "0.0.0.0")]
        host: String,
        #[arg(long, default_value_t = 8081)]
        port: u16,
    },
    Refund {
        #[arg(long, default_value = "localhost")]
        host: String,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Sell { host, port } => {
            let listener = TcpListener::bind(&format!("{host}:{port}")).await?;
            axum::serve(listener, counters()).await?; // expect: MTLS302
        }
        Command::Refund { host } => {
            let listener = TcpListener::bind((host.as_str(), 8082)).await?;
            axum::serve(listener, counters()).await?;
        }
    }
    Ok(())
}

pub struct Turnstile {
    host: String,
    port: u16,
}

impl Default for Turnstile {
    fn default() -> Self {
        Self { host: "0.0.0.0".into(), port: 8083 }
    }
}

impl Turnstile {
    pub fn from_env() -> Self {
        let mut found = Self::default();
        if let Ok(host) = std::env::var("TURNSTILE_HOST") {
            found.host = host;
        }
        if let Some(port) = std::env::var("TURNSTILE_PORT").ok().and_then(|one| one.parse().ok()) {
            found.port = port;
        }
        found
    }

    fn address(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

pub async fn turnstile() -> anyhow::Result<()> {
    let turnstile = Turnstile::from_env();
    let listener = TcpListener::bind(turnstile.address()).await?;
    axum::serve(listener, counters()).await?; // expect: MTLS302
    Ok(())
}

fn counters() -> Router {
    Router::new()
}
