//! URL shortener. The container platform is expected to add TLS in front.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::RwLock;

#[derive(Clone, Default)]
struct Links(Arc<RwLock<HashMap<String, String>>>);

async fn follow(State(links): State<Links>, Path(slug): Path<String>) -> Result<Redirect, StatusCode> {
    let links = links.0.read().await;
    let target = links.get(&slug).ok_or(StatusCode::NOT_FOUND)?;
    Ok(Redirect::temporary(target))
}

async fn shorten(State(links): State<Links>, url: String) -> (StatusCode, String) {
    let mut links = links.0.write().await;
    let slug = format!("{:x}", links.len() + 4096);
    links.insert(slug.clone(), url);
    (StatusCode::CREATED, slug)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new()
        .route("/", post(shorten))
        .route("/{slug}", get(follow))
        .with_state(Links::default());

    let listener = TcpListener::bind("0.0.0.0:3000").await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, app).with_graceful_shutdown(shutdown()).await // expect: MTLS302
}

async fn shutdown() {
    tokio::signal::ctrl_c().await.expect("ctrl-c handler");
}
