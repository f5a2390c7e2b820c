//! Settings panel of the desktop application, for the browser on the same machine.
// corpus: profile=strict

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Result;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::version::TLS13;
use rustls::ServerConfig;

const PORT: u16 = 48443;

async fn show(headers: HeaderMap) -> String {
    let user = headers.get("x-client-cert-cn").and_then(|user| user.to_str().ok());
    format!("settings of {}", user.unwrap_or("this machine"))
}

async fn store(body: String) -> String {
    body
}

fn config() -> Result<RustlsConfig> {
    let chain = CertificateDer::pem_file_iter("panel.pem")?.collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_file("panel.key")?;
    let mut config = ServerConfig::builder_with_protocol_versions(&[&TLS13])
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/settings", get(show)).route("/settings", post(store));
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
    axum_server::bind_rustls(address, config()?).serve(app.into_make_service()).await?;
    Ok(())
}
