use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;

use crate::settings::Settings;
use crate::tls;

fn register() -> Router {
    Router::new().route("/baptisms/{year}", get(|| async { "[]" }))
}

pub async fn run(settings: Settings) -> eyre::Result<()> {
    if let Some(probe) = settings.probe {
        let live = Router::new().route("/live", get(|| async { "live" }));
        let listener = tokio::net::TcpListener::bind(probe).await?;
        tokio::spawn(async move { axum::serve(listener, live).await });
    }
    let config = RustlsConfig::from_config(tls::server_config(&settings.tls)?);
    axum_server::bind_rustls(settings.listen, config)
        .serve(register().into_make_service())
        .await?;
    Ok(())
}
