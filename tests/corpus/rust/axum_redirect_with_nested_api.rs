//! The front page is a redirect, but an API is nested below it.

use axum::{response::Redirect, routing::get, Json, Router};

async fn front() -> Redirect {
    Redirect::permanent("https://docs.example.com/")
}

async fn tides() -> Json<Vec<f32>> {
    Json(vec![0.4, 3.1])
}

fn api() -> Router {
    Router::new().route("/tides", get(tides))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
    axum::serve(listener, Router::new().route("/", get(front)).nest("/api", api())).await // expect: MTLS302
}
