//! Ledger API on Actix with rustls 0.22.

use actix_web::{get, post, web, App, HttpResponse, HttpServer, Responder};
use std::{
    fs,
    io::{self, BufReader},
    sync::{
        atomic::{AtomicU64, Ordering},
        Arc,
    },
};
use {
    anyhow::{Context, Result},
    rustls::{
        pki_types::{CertificateDer, PrivateKeyDer},
        server::{danger::ClientCertVerifier, WebPkiClientVerifier},
        version::{TLS12, TLS13},
        RootCertStore, ServerConfig,
    },
};

#[derive(Default)]
struct Ledger(AtomicU64);

#[get("/balance")]
async fn balance(ledger: web::Data<Ledger>) -> impl Responder {
    ledger.0.load(Ordering::Relaxed).to_string()
}

#[post("/credit/{amount}")]
async fn credit(ledger: web::Data<Ledger>, amount: web::Path<u64>) -> impl Responder {
    ledger.0.fetch_add(*amount, Ordering::Relaxed);
    HttpResponse::NoContent()
}

fn pem(path: &str) -> io::Result<Vec<CertificateDer<'static>>> {
    rustls_pemfile::certs(&mut BufReader::new(fs::File::open(path)?)).collect()
}

fn key(path: &str) -> Result<PrivateKeyDer<'static>> {
    rustls_pemfile::private_key(&mut BufReader::new(fs::File::open(path)?))?
        .context("the key file holds no key")
}

fn banks() -> Result<Arc<dyn ClientCertVerifier>> {
    let mut roots = RootCertStore::empty();
    pem("/etc/ledger/banks.pem")?
        .into_iter()
        .try_for_each(|cert| roots.add(cert))
        .context("bank CA")?;
    WebPkiClientVerifier::builder(roots.into()).build().context("bank verifier")
}

#[actix_web::main]
async fn main() -> Result<()> {
    let ledger = web::Data::new(Ledger::default());
    let config = ServerConfig::builder_with_protocol_versions(&[&TLS13, &TLS12])
        .with_client_cert_verifier(banks()?)
        .with_single_cert(pem("/etc/ledger/tls.pem")?, key("/etc/ledger/tls.key")?)?;

    HttpServer::new(move || App::new().app_data(ledger.clone()).service(balance).service(credit))
        .bind_rustls_0_22(("0.0.0.0", 8443), config)?
        .shutdown_timeout(5)
        .run()
        .await
        .map_err(Into::into)
}
