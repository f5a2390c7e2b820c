//! The TLS part is in a library of the company; from here one can't tell what it does.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use platform_tls::{Profile, ServerTls};
use rustls::server::danger::ClientCertVerifier;
use rustls::ServerConfig;

/// Which of the platform's profiles to ask for.
fn profile() -> Profile {
    match std::env::var("TLS_PROFILE").as_deref() {
        Ok("public") => Profile::Public,
        _ => Profile::Mesh,
    }
}

fn plugin_config(
    verifier: Arc<dyn ClientCertVerifier>,
    resolver: Arc<dyn rustls::server::ResolvesServerCert>,
) -> ServerConfig {
    ServerConfig::builder().with_client_cert_verifier(verifier).with_cert_resolver(resolver)
}

async fn serve(addr: SocketAddr, app: Router, config: Arc<ServerConfig>) -> Result<()> {
    axum_server::bind_rustls(addr, RustlsConfig::from_config(config))
        .serve(app.into_make_service())
        .await
        .with_context(|| format!("serve on {addr}"))
}

#[tokio::main]
async fn main() -> Result<()> {
    let tls = ServerTls::load(profile()).context("platform TLS")?;
    let main_app = Router::new().route("/", get(|| async { "main" }));
    let plugins = Router::new().route("/plugins", get(|| async { "[]" }));

    let plugin_tls = Arc::new(plugin_config(tls.plugin_verifier(), tls.resolver()));
    tokio::try_join!(
        serve(SocketAddr::from(([0, 0, 0, 0], 8443)), main_app, tls.server_config()?),
        serve(SocketAddr::from(([0, 0, 0, 0], 8444)), plugins, plugin_tls),
    )?;
    Ok(())
}
