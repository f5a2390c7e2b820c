use axum::{routing::{get, post}, Json, Router};
use std::net::SocketAddr;

async fn list() -> Json<Vec<u64>> {
    Json(vec![])
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let app = Router::new()
        .route("/orders", get(list))
        .route("/healthz", get(|| async { "ok" }));
    let address = SocketAddr::from(([0, 0, 0, 0], 3000));
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, app).await?; // expect: MTLS303
    Ok(())
}
