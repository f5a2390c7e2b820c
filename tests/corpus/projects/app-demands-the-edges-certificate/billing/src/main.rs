use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};
use std::{net::SocketAddr, sync::Arc};

mod pem;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut roots = RootCertStore::empty();
    for certificate in pem::certificates("/tls/services-ca.pem")? {
        roots.add(certificate)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(pem::certificates("/tls/billing.pem")?, pem::key("/tls/billing.key")?)?;
    let app = Router::new().route("/invoices", get(|| async { "[]" }));
    axum_server::bind_rustls(
        SocketAddr::from(([0, 0, 0, 0], 8443)),
        RustlsConfig::from_config(Arc::new(config)),
    )
    .serve(app.into_make_service())
    .await?;
    Ok(())
}
