//! Lido on axum 0.5, axum-server 0.4 and rustls 0.20: `new` gives an `Arc` already.

use std::io::BufReader;
use std::sync::Arc;

use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::server::AllowAnyAuthenticatedClient;
use rustls::{Certificate, PrivateKey, RootCertStore, ServerConfig};

fn certs(path: &str) -> std::io::Result<Vec<Certificate>> {
    let mut reader = BufReader::new(std::fs::File::open(path)?);
    Ok(rustls_pemfile::certs(&mut reader)?.into_iter().map(Certificate).collect())
}

fn tls() -> Result<RustlsConfig, Box<dyn std::error::Error>> {
    let mut attendants = RootCertStore::empty();
    for cert in certs("attendants.pem")? {
        attendants.add(&cert)?;
    }
    let mut reader = BufReader::new(std::fs::File::open("lido.key")?);
    let key = PrivateKey(rustls_pemfile::pkcs8_private_keys(&mut reader)?.remove(0));
    let config = ServerConfig::builder()
        .with_safe_default_cipher_suites()
        .with_safe_default_kx_groups()
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(AllowAnyAuthenticatedClient::new(attendants))
        .with_single_cert(certs("lido.pem")?, key)?;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/lanes", get(|| async { "6" }));
    axum_server::bind_rustls("0.0.0.0:3443".parse()?, tls()?).serve(app.into_make_service()).await?;
    Ok(())
}
