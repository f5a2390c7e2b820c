//! Where this listens is for the deployment to say. The pod's network policy and the mesh
//! sidecar decide who reaches it.

use std::env;

use anyhow::{Context, Result};
use axum::{extract::State, routing::get, Json, Router};
use serde::Serialize;
use tokio::net::TcpListener;

#[derive(Clone, Serialize)]
struct Build {
    name: &'static str,
    version: &'static str,
    commit: Option<&'static str>,
}

const BUILD: Build = Build {
    name: "catalogue",
    version: env!("CARGO_PKG_VERSION"),
    commit: option_env!("GIT_COMMIT"),
};

async fn about(State(build): State<Build>) -> Json<Build> {
    Json(build)
}

/// The address to listen on. The sample file says `LISTEN=0.0.0.0:8080`, production says
/// `LISTEN=127.0.0.1:8080`.
fn listen_address() -> Result<String> {
    match env::var("LISTEN") {
        Ok(address) if address.contains(':') => Ok(address),
        Ok(port) => Ok(format!("{}:{port}", env::var("LISTEN_HOST").context("LISTEN_HOST")?)),
        Err(error) => Err(error).context("LISTEN"),
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/about", get(about)).with_state(BUILD);
    let address = listen_address()?;
    let listener = TcpListener::bind(&address).await.with_context(|| address.clone())?;
    tracing::info!(%address, "ready");
    axum::serve(listener, app).await.context("server")
}
