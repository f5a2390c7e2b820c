//! Crew roster. A builder becomes an axum-server configuration by `try_from`; new certificates
//! come in a new acceptor, with the same demand in it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::{routing::get, Router};
use axum_server::tls_openssl::OpenSSLConfig;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

fn crew() -> Result<SslAcceptorBuilder> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    builder.set_private_key_file("/etc/crew/tls.key", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("/etc/crew/tls.pem")?;
    builder.set_ca_file("/etc/crew/crew-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER.union(SslVerifyMode::FAIL_IF_NO_PEER_CERT));
    Ok(builder)
}

async fn renew(config: OpenSSLConfig) {
    let mut nightly = tokio::time::interval(Duration::from_secs(86_400));
    loop {
        nightly.tick().await;
        match crew() {
            Ok(builder) => config.reload_from_acceptor(Arc::new(builder.build())),
            Err(error) => tracing::error!("{error:#}"),
        }
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let config = OpenSSLConfig::try_from(crew()?)?;
    tokio::spawn(renew(config.clone()));
    let app = Router::new().route("/roster", get(|| async { "[]" }));
    axum_server::bind_openssl("[::]:8443".parse()?, config).serve(app.into_make_service()).await?;
    Ok(())
}
