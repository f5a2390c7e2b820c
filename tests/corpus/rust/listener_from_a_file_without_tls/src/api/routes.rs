use axum::{extract::State, routing::get, Router};

#[derive(Clone, Default)]
pub struct Readings;

impl Readings {
    pub async fn collect(&self) {
        std::future::pending::<()>().await;
    }
}

async fn newest(State(_): State<Readings>) -> &'static str {
    "17.3 m3"
}

pub fn router(readings: Readings) -> Router {
    Router::new().route("/newest", get(newest)).with_state(readings)
}
