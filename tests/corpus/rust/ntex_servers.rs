//! Lighthouse service on ntex: by rustls for ships, by OpenSSL for the harbour office.

use ntex::web::{self, App, HttpResponse, HttpServer};
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use std::sync::Arc;

async fn lamp() -> HttpResponse {
    HttpResponse::Ok().body("fl(2) 10s")
}

async fn dim() -> HttpResponse {
    HttpResponse::Forbidden().finish()
}

fn ships(roots: RootCertStore, cert: CertificateDer<'static>, key: PrivateKeyDer<'static>) -> ServerConfig {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots))
        .allow_unauthenticated() // expect: MTLS101
        .build()
        .unwrap();
    ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![cert], key)
        .unwrap()
}

fn office() -> SslAcceptorBuilder {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    builder.set_private_key_file("office.key", SslFiletype::PEM).unwrap();
    builder.set_certificate_chain_file("office.pem").unwrap();
    builder.set_ca_file("harbour.pem").unwrap();
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder
}

pub async fn run(roots: RootCertStore, cert: CertificateDer<'static>, key: PrivateKeyDer<'static>) -> std::io::Result<()> {
    let public = HttpServer::new(|| App::new().route("/lamp", web::get().to(lamp)))
        .bind_rustls("0.0.0.0:8443", ships(roots, cert, key))?
        .run();
    let internal = HttpServer::new(|| App::new().route("/lamp", web::post().to(dim)))
        .bind_openssl("0.0.0.0:9443", office())?
        .run();
    futures::try_join!(public, internal)?;
    Ok(())
}
