//! Orchard shop: port 80 sends browsers on, 8081 refuses; content is behind certificates.

use std::sync::Arc;

use actix_web::http::header::LOCATION;
use actix_web::{get, web, App, HttpRequest, HttpResponse, HttpServer};
use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

async fn to_https(request: HttpRequest) -> HttpResponse {
    let target = format!("https://orchard.example.com{}", request.uri());
    HttpResponse::PermanentRedirect().insert_header((LOCATION, target)).finish()
}

#[get("/apples")]
async fn apples() -> &'static str {
    "Boskoop, Topaz"
}

fn tls() -> Result<ServerConfig> {
    let mut grocers = RootCertStore::empty();
    grocers.add(CertificateDer::from_pem_file("/etc/orchard/grocers.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(grocers)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("/etc/orchard/tls.pem")?],
        PrivateKeyDer::from_pem_file("/etc/orchard/tls.key")?,
    )?)
}

#[actix_web::main]
async fn main() -> Result<()> {
    let redirect = HttpServer::new(|| App::new().default_service(web::to(to_https)))
        .bind(("0.0.0.0", 80))?
        .run();
    let refuse = HttpServer::new(|| {
        App::new().default_service(web::to(|| async { HttpResponse::Forbidden().finish() }))
    })
    .bind(("0.0.0.0", 8081))?
    .run();
    let shop = HttpServer::new(|| App::new().service(apples))
        .bind_rustls_0_23(("0.0.0.0", 443), tls()?)?
        .run();
    tokio::try_join!(redirect, refuse, shop)?;
    Ok(())
}
