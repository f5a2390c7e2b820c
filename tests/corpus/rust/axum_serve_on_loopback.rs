//! Admin console of the daemon. Reached through `ssh -L` or the sidecar only.
//!
//! Never bind this to 0.0.0.0:9000, it has no login.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Instant;

use anyhow::{Context, Result};
use axum::{extract::State, routing::get, Json, Router};
use serde::Serialize;
use tokio::net::{TcpListener, UnixListener};

const ADMIN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 9000);

#[derive(Clone)]
struct Daemon {
    started: Instant,
}

#[derive(Serialize)]
struct Report {
    uptime: u64,
    insecure_listen_example: &'static str,
}

async fn report(State(daemon): State<Daemon>) -> Json<Report> {
    Json(Report {
        uptime: daemon.started.elapsed().as_secs(),
        insecure_listen_example: "http://0.0.0.0:9000",
    })
}

fn admin() -> Router {
    Router::new().route("/report", get(report)).with_state(Daemon { started: Instant::now() })
}

async fn v6() -> Result<()> {
    let listener = TcpListener::bind((Ipv6Addr::LOCALHOST, 9000)).await.context("[::1]:9000")?;
    axum::serve(listener, admin()).await.context("serve on [::1]")
}

async fn socket() -> Result<()> {
    let _ = std::fs::remove_file("/run/daemon/admin.sock");
    let listener = UnixListener::bind("/run/daemon/admin.sock").context("admin.sock")?;
    axum::serve(listener, admin()).await.context("serve on the socket")
}

#[tokio::main]
async fn main() -> Result<()> {
    tokio::spawn(v6());
    tokio::spawn(socket());
    tokio::spawn(async {
        let listener = TcpListener::bind("127.0.0.1:9001").await?;
        axum::serve(listener, admin().into_make_service()).await
    });
    let listener = TcpListener::bind(ADMIN).await.with_context(|| ADMIN.to_string())?;
    axum::serve(listener, admin()).await?;
    Ok(())
}
