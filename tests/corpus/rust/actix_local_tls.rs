//! Desktop companion: the browser extension talks to it over https on the loopback interface.

use std::net::Ipv4Addr;

use actix_web::{http::header, post, web, App, HttpRequest, HttpResponse, HttpServer};
use anyhow::{Context, Result};
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;
use serde::Deserialize;

#[derive(Deserialize)]
struct Open {
    file: String,
}

#[post("/open")]
async fn open(request: HttpRequest, open: web::Json<Open>) -> HttpResponse {
    let origin = request.headers().get(header::ORIGIN).and_then(|value| value.to_str().ok());
    if origin != Some("https://files.example.com") {
        return HttpResponse::Forbidden().finish();
    }
    tracing::info!(file = open.file, "open");
    HttpResponse::Accepted().finish()
}

fn rustls_config() -> Result<ServerConfig> {
    let chain = CertificateDer::pem_file_iter("companion.pem").context("companion.pem")?;
    let key = PrivateKeyDer::from_pem_file("companion.key").context("companion.key")?;
    Ok(ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain.collect::<Result<_, _>>()?, key)?)
}

#[actix_web::main]
async fn main() -> Result<()> {
    // Firefox looks for IPv4, Safari for the name; hence the second, OpenSSL-based one.
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("companion.pem")?;
    builder.set_private_key_file("companion.key", SslFiletype::PEM)?;

    HttpServer::new(|| App::new().service(open))
        .workers(1)
        .bind_rustls_0_23((Ipv4Addr::LOCALHOST, 47443), rustls_config()?)?
        .bind_openssl("localhost:47444", builder)?
        .run()
        .await?;
    Ok(())
}
