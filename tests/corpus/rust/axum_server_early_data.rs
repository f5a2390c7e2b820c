//! Stock ticker with axum-server: 0-RTT over TCP, for everybody.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::Path;
use axum::routing::{get, post};
use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::ServerSessionMemoryCache;
use rustls::ServerConfig;

const EARLY: u32 = 1 << 14;

fn tls() -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let chain = CertificateDer::pem_file_iter("ticker.pem")?.collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file("ticker.key")?;
    let mut config = ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS103
        .with_single_cert(chain, key)?;
    config.session_storage = ServerSessionMemoryCache::new(10_000);
    config.max_early_data_size = EARLY; // expect: MTLS204
    config.send_half_rtt_data = true;
    Ok(config)
}

async fn buy(Path(symbol): Path<String>) -> String {
    format!("bought one {symbol}\n")
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new()
        .route("/price/{symbol}", get(|| async { "17.03" }))
        .route("/buy/{symbol}", post(buy));
    let addr = SocketAddr::from(([0, 0, 0, 0], 8443));
    axum_server::bind_rustls(addr, RustlsConfig::from_config(Arc::new(tls()?)))
        .serve(app.into_make_service())
        .await?;
    Ok(())
}
