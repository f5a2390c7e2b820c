//! Device registry: axum-server on OpenSSL, certificate renewed by a sidecar.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::{routing::get, Router};
use axum_server::tls_openssl::{bind_openssl, OpenSSLConfig};
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use tokio::time::sleep;

#[derive(Clone, Copy)]
struct Paths {
    cert: &'static str,
    key: &'static str,
    ca: &'static str,
}

const PATHS: Paths = Paths {
    cert: "/tls/registry.pem",
    key: "/tls/registry.key",
    ca: "/tls/devices.pem",
};

fn strict(paths: Paths) -> Result<SslAcceptor> {
    let mut acceptor = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    acceptor.set_certificate_chain_file(paths.cert)?;
    acceptor.set_private_key_file(paths.key, SslFiletype::PEM)?;
    acceptor.set_ca_file(paths.ca)?;
    acceptor.set_verify(SslVerifyMode::FAIL_IF_NO_PEER_CERT | SslVerifyMode::PEER);
    Ok(acceptor.build())
}

#[tokio::main]
async fn main() -> Result<()> {
    let config = OpenSSLConfig::from_acceptor(Arc::new(strict(PATHS)?));

    tokio::spawn({
        let config = config.clone();
        async move {
            let mut seen = Path::new(PATHS.cert).metadata().and_then(|m| m.modified()).ok();
            loop {
                sleep(Duration::from_secs(30)).await;
                let now = Path::new(PATHS.cert).metadata().and_then(|m| m.modified()).ok();
                if now == seen {
                    continue;
                }
                seen = now;
                // expect: MTLS105
                if let Err(error) = config.reload_from_pem_file(PATHS.cert, PATHS.key) {
                    tracing::error!(%error, "reload");
                }
            }
        }
    });

    let app = Router::new().route("/devices", get(|| async { "[]" }));
    let addr = SocketAddr::from(([0, 0, 0, 0], 8443));
    bind_openssl(addr, config).serve(app.into_make_service()).await?;
    Ok(())
}
