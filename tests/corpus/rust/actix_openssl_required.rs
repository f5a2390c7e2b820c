//! Settlement API on OpenSSL. Anything below TLS 1.2 (SslVersion::TLS1, TLS1_1) went in 2019.

use actix_web::{post, web, App, HttpResponse, HttpServer};
use anyhow::{Context as _, Result};
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode, SslVersion};
use openssl::x509::{store::X509StoreBuilder, X509};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Batch {
    reference: String,
    amounts: Vec<i64>,
}

#[derive(Serialize)]
struct Receipt<'a> {
    reference: &'a str,
    total: i64,
}

#[post("/batches")]
async fn batches(batch: web::Json<Batch>) -> HttpResponse {
    let total = batch.amounts.iter().sum();
    HttpResponse::Ok().json(Receipt { reference: &batch.reference, total })
}

fn acceptor() -> Result<openssl::ssl::SslAcceptorBuilder> {
    let mut store = X509StoreBuilder::new()?;
    let banks = std::fs::read("/etc/settlement/banks.pem").context("banks.pem")?;
    for ca in X509::stack_from_pem(&banks)? {
        store.add_cert(ca)?;
    }

    let mut acceptor = SslAcceptor::mozilla_intermediate(SslMethod::tls_server())?;
    acceptor.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    acceptor.set_certificate_chain_file("/etc/settlement/tls.pem")?;
    acceptor.set_private_key_file("/etc/settlement/tls.key", SslFiletype::PEM)?;
    acceptor.check_private_key().context("key does not fit the certificate")?;
    acceptor.set_verify_cert_store(store.build())?;
    acceptor.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(acceptor)
}

#[actix_web::main]
async fn main() -> Result<()> {
    let tls = acceptor()?;
    HttpServer::new(|| App::new().service(batches))
        .bind_openssl(("0.0.0.0", 8443), tls)?
        .keep_alive(std::time::Duration::from_secs(75))
        .run()
        .await?;
    Ok(())
}
