//! `preview` subcommand of the site generator: https on this machine, because service
//! workers insist on it.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result};
use axum::extract::{Path, State};
use axum::http::{header::CONTENT_TYPE, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;

#[derive(Clone)]
struct Site {
    out: PathBuf,
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        _ => "application/octet-stream",
    }
}

async fn page(State(site): State<Site>, Path(path): Path<String>) -> Response {
    if path.contains("..") {
        return StatusCode::BAD_REQUEST.into_response();
    }
    match tokio::fs::read(site.out.join(&path)).await {
        Ok(body) => ([(CONTENT_TYPE, content_type(&path))], body).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let home = PathBuf::from(std::env::var_os("HOME").context("HOME")?);
    let config = RustlsConfig::from_pem_file(
        home.join(".preview/localhost.pem"),
        home.join(".preview/localhost.key"),
    )
    .await
    .context("run `preview --install` first")?;

    let app = Router::new().route("/{*path}", get(page)).with_state(Site { out: "out".into() });
    let addr: SocketAddr = "127.0.0.1:8443".parse()?;
    println!("https://{addr}/index.html");
    axum_server::bind_rustls(addr, config).serve(app.into_make_service()).await?;
    Ok(())
}
