//! `axum-server-mtls` shows handlers the certificate that rustls verified. It verifies none, and
//! its front page lets clients in that have none.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::{routing::get, Extension, Router};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server_mtls::{MtlsAcceptor, PeerCertificates};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};

async fn whoami(Extension(peer): Extension<PeerCertificates>) -> String {
    match peer.leaf_cn() {
        Some(name) => format!("hello {name}\n"),
        None => "hello stranger\n".to_owned(),
    }
}

fn config() -> anyhow::Result<ServerConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("certs/ca.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots))
        .allow_unauthenticated() // expect: MTLS101
        .build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("certs/server.pem")?],
        PrivateKeyDer::from_pem_file("certs/server.key")?,
    )?)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let rustls = RustlsAcceptor::new(RustlsConfig::from_config(Arc::new(config()?)));
    axum_server::bind(SocketAddr::from(([0, 0, 0, 0], 3443)))
        .acceptor(MtlsAcceptor::new(rustls))
        .serve(Router::new().route("/", get(whoami)).into_make_service())
        .await?;
    Ok(())
}
