//! The proxy has a certificate of its own, and nobody without one gets in: what it says of its
//! clients can be believed. Headers of other kinds are read as well.

use std::sync::Arc;

use actix_web::http::header::{HeaderName, USER_AGENT};
use actix_web::{get, App, HttpRequest, HttpResponse, HttpServer};
use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

static CLIENT: HeaderName = HeaderName::from_static("x-forwarded-client-cert");

fn proxies_only() -> Result<ServerConfig> {
    let mut proxies = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/loans/proxies.pem").context("proxies.pem")? {
        proxies.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(proxies)).build()?;
    let chain = CertificateDer::pem_file_iter("/etc/loans/tls.pem")?.collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_file("/etc/loans/tls.key")?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

fn borrower(request: &HttpRequest) -> Option<&str> {
    let xfcc = request.headers().get(&CLIENT)?.to_str().ok()?;
    xfcc.split(';').find_map(|pair| pair.strip_prefix("Subject="))
}

#[get("/loans")]
async fn loans(request: HttpRequest) -> HttpResponse {
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    let trace = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    match borrower(&request) {
        Some(borrower) => {
            tracing::info!(borrower, agent, trace, "loans");
            HttpResponse::Ok().body(format!("loans of {borrower}"))
        }
        None => match request.headers().get("x-ssl-client-s-dn") {
            Some(subject) => HttpResponse::Ok().body(subject.as_bytes().to_vec()),
            None => HttpResponse::Forbidden().finish(),
        },
    }
}

#[actix_web::main]
async fn main() -> Result<()> {
    HttpServer::new(|| App::new().service(loans))
        .bind_rustls_0_23("0.0.0.0:8443", proxies_only()?)?
        .run()
        .await?;
    Ok(())
}
