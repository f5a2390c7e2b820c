//! Local debugging proxy that wants certificates, or so it says.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::{extract::State, routing::any, Router};
use axum_server::tls_rustls::RustlsConfig;
use tokio::sync::Mutex;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

async fn record(State(log): State<Log>, request: axum::extract::Request) -> String {
    let mut log = log.0.lock().await;
    log.push(format!("{} {}", request.method(), request.uri()));
    format!("{} requests so far\n", log.len())
}

#[tokio::main]
async fn main() -> Result<()> {
    let config = RustlsConfig::from_pem_file("dev/cert.pem", "dev/key.pem")
        .await?
        .with_client_auth_required("dev/ca.pem"); // expect: MTLS901

    let app = Router::new().fallback(any(record)).with_state(Log::default());
    let addr = SocketAddr::from(([127, 0, 0, 1], 8443));
    axum_server::bind_rustls(addr, config).serve(app.into_make_service()).await?;
    Ok(())
}
