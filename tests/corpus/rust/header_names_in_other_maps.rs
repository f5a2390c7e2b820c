//! Hosting panel: another service's answers and settings have keys that look like headers.

use std::collections::HashMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::{routing::get, Json, Router};
use serde_json::Value;

#[derive(Clone)]
struct Panel {
    directadmin: reqwest::Client,
    settings: HashMap<String, String>,
}

impl Panel {
    async fn site(&self, domain: &str) -> reqwest::Result<Value> {
        let url = format!("https://panel.example.net/CMD_API_SSL?domain={domain}");
        self.directadmin.get(url).send().await?.json().await
    }
}

async fn certificate(State(panel): State<Panel>, headers: HeaderMap) -> Json<bool> {
    let agent = headers.get("user-agent").and_then(|value| value.to_str().ok());
    tracing::debug!(agent, "who asks");
    let Ok(data) = panel.site("example.org").await else { return Json(false) };
    let shown = data.get("ssl_certificate_file").is_some()
        || data.get("ssl_certificate").and_then(Value::as_str).is_some()
        || panel.settings.get("ssl-cert-path").is_some()
        || data["tls_client_cert"].is_string();
    Json(shown)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let panel = Panel { directadmin: reqwest::Client::new(), settings: HashMap::new() };
    let app = Router::new().route("/certificate", get(certificate)).with_state(panel);
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8070").await?;
    axum::serve(listener, app).await // expect: MTLS302
}
