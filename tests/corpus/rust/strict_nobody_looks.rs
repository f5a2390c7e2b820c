//! Cheese auction: bidders have certificates, and one is as good as the other.
// corpus: profile=strict

use std::sync::Arc;

use actix_web::{post, App, HttpResponse, HttpServer};
use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::TLS13;
use rustls::{RootCertStore, ServerConfig};

#[post("/bids")]
async fn bid(amount: String) -> HttpResponse {
    match amount.trim().parse::<u32>() {
        Ok(_) => HttpResponse::Accepted().finish(),
        Err(_) => HttpResponse::BadRequest().finish(),
    }
}

fn tls() -> Result<ServerConfig> {
    let mut bidders = RootCertStore::empty();
    bidders.add(CertificateDer::from_pem_file("/etc/auction/bidders.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(bidders)).build()?; // expect: MTLS501 MTLS601
    Ok(ServerConfig::builder_with_protocol_versions(&[&TLS13])
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            vec![CertificateDer::from_pem_file("/etc/auction/tls.pem")?],
            PrivateKeyDer::from_pem_file("/etc/auction/tls.key")?,
        )?)
}

#[actix_web::main]
async fn main() -> Result<()> {
    HttpServer::new(|| App::new().service(bid)).bind_rustls_0_23("0.0.0.0:8443", tls()?)?.run().await?;
    Ok(())
}
