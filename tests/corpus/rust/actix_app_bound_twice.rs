//! Billing API. Services come with certificates on 8443.

use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;

use actix_web::{dev::Service, get, web, App, HttpResponse, HttpServer};
use anyhow::{Context, Result};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use serde_json::json;

#[get("/invoices/{id}")]
async fn invoice(id: web::Path<u32>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "id": *id, "total": 1999, "currency": "EUR" }))
}

#[get("/healthz")]
async fn healthz() -> &'static str {
    "ok"
}

fn certs(path: &str) -> Result<Vec<CertificateDer<'static>>> {
    let mut reader = BufReader::new(File::open(path).with_context(|| path.to_owned())?);
    Ok(rustls_pemfile::certs(&mut reader).collect::<Result<_, _>>()?)
}

fn key(path: &str) -> Result<PrivateKeyDer<'static>> {
    let mut reader = BufReader::new(File::open(path).with_context(|| path.to_owned())?);
    rustls_pemfile::private_key(&mut reader)?.context("no key")
}

fn mtls_config() -> Result<ServerConfig> {
    let mut store = RootCertStore::empty();
    for cert in certs("/etc/billing/services-ca.pem")? {
        store.add(cert)?;
    }
    let client_auth = WebPkiClientVerifier::builder(Arc::new(store)).build()?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(client_auth)
        .with_single_cert(certs("/etc/billing/tls.pem")?, key("/etc/billing/tls.key")?)?;
    Ok(config)
}

#[actix_web::main]
async fn main() -> Result<()> {
    let server = HttpServer::new(|| {
        App::new()
            .wrap_fn(|request, service| {
                tracing::debug!(path = request.path(), "request");
                service.call(request)
            })
            .service(healthz)
            .service(web::scope("/v1").service(invoice))
    });
    server
        .bind("0.0.0.0:8080")? // expect: MTLS105 MTLS302
        .bind_rustls_0_23("0.0.0.0:8443", mtls_config()?)?
        .run()
        .await?;
    Ok(())
}
