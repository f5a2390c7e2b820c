//! Trail maps: TLS with certificates if there is a directory for them, plaintext if not.

use std::path::PathBuf;
use std::sync::Arc;

use actix_web::{get, App, HttpServer};
use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

#[get("/trails")]
async fn trails() -> &'static str {
    "[]"
}

fn tls(dir: PathBuf) -> Result<ServerConfig> {
    let mut rangers = RootCertStore::empty();
    rangers.add(CertificateDer::from_pem_file(dir.join("rangers.pem"))?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(rangers)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file(dir.join("tls.pem"))?],
        PrivateKeyDer::from_pem_file(dir.join("tls.key"))?,
    )?)
}

#[actix_web::main]
async fn main() -> Result<()> {
    let server = HttpServer::new(|| App::new().service(trails));
    let server = match std::env::var_os("TRAILS_TLS") {
        Some(dir) => server.bind_rustls_0_23("0.0.0.0:8443", tls(dir.into())?)?,
        None => server.bind("0.0.0.0:8080")?, // expect: MTLS302
    };
    server.run().await?;
    Ok(())
}
