//! Weather proxy on axum 0.6, where `axum::Server` is hyper's.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::Query;
use axum::response::IntoResponse;
use axum::{routing::get, Json, Router, Server};

#[derive(Debug, Clone, Copy)]
enum Unit {
    Celsius,
    Fahrenheit,
}

impl Unit {
    fn of(text: Option<&str>) -> Self {
        match text {
            Some("f" | "F") => Unit::Fahrenheit,
            _ => Unit::Celsius,
        }
    }

    fn show(self, celsius: f64) -> f64 {
        match self {
            Unit::Celsius => celsius,
            Unit::Fahrenheit => celsius * 9.0 / 5.0 + 32.0,
        }
    }
}

async fn weather(Query(query): Query<Vec<(String, String)>>) -> impl IntoResponse {
    let unit = query.iter().find(|(k, _)| k == "unit").map(|(_, v)| v.as_str());
    tokio::time::sleep(Duration::from_millis(20)).await;
    Json(Unit::of(unit).show(21.5).to_string())
}

#[tokio::main]
async fn main() {
    let app = Router::new().route("/weather", get(weather));
    let service = app.into_make_service();
    let addr = SocketAddr::from(([0, 0, 0, 0], 8000));
    Server::bind(&addr).serve(service).await.expect("server") // expect: MTLS302
}
