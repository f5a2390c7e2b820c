//! Key ceremony service: nothing is left to a default or to a caller.
// corpus: profile=strict

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::{routing::post, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{
    pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer,
};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::version::TLS13;
use rustls::{RootCertStore, ServerConfig};

fn verifier(dir: &Path) -> Result<Arc<dyn ClientCertVerifier>> {
    let mut custodians = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(dir.join("custodians.pem")).context("custodians")? {
        custodians.add(cert?)?;
    }
    let crl = CertificateRevocationListDer::from_pem_file(dir.join("custodians.crl"))?;
    Ok(WebPkiClientVerifier::builder(Arc::new(custodians)) // expect: MTLS501
        .with_crls([crl])
        .enforce_revocation_expiration()
        .build()?)
}

fn tls(dir: &Path) -> Result<ServerConfig> {
    let chain = CertificateDer::pem_file_iter(dir.join("tls.pem"))?.collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_file(dir.join("tls.key"))?;
    let mut config = ServerConfig::builder_with_protocol_versions(&[&TLS13])
        .with_client_cert_verifier(verifier(dir)?)
        .with_single_cert(chain, key)?;
    config.max_early_data_size = 0;
    config.send_tls13_tickets = 0;
    Ok(config)
}

async fn sign(body: axum::body::Bytes) -> Vec<u8> {
    body.to_vec()
}

#[tokio::main]
async fn main() -> Result<()> {
    let config = RustlsConfig::from_config(Arc::new(tls(Path::new("/etc/ceremony"))?));
    let app = Router::new().route("/sign", post(sign));
    let addr: SocketAddr = "0.0.0.0:8443".parse()?;
    axum_server::bind_rustls(addr, config).serve(app.into_make_service()).await?;
    Ok(())
}
