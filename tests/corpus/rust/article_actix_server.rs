//! Actix "with mutual TLS on native-tls": no method in here that mentions clients exists.

use actix_web::{get, web, App, HttpResponse, HttpServer, Responder};
use native_tls::{Certificate, Identity, Protocol, TlsAcceptor};
use std::fs;

#[get("/accounts/{id}")]
async fn account(id: web::Path) -> impl Responder {
    HttpResponse::Ok().body(format!("account {id}"))
}

fn build_acceptor() -> Result> {
    let pkcs12 = fs::read("identity.p12")?;
    let identity = Identity::from_pkcs12(&pkcs12, &std::env::var("P12_PASSWORD")?)?;
    let ca = Certificate::from_pem(&fs::read("client-ca.pem")?)?;

    let mut builder = TlsAcceptor::builder(identity); // expect: MTLS103
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    builder.add_root_certificate(ca); // expect: MTLS901
    builder.client_auth_native_tls(true); // expect: MTLS901
    Ok(builder.build()?)
}

#[actix_web::main]
async fn main() -> std::io::Result {
    let acceptor = build_acceptor().expect("acceptor");
    HttpServer::new(move || {
        App::new()
            .wrap(TlsAcceptor::from(acceptor.clone())) // expect: MTLS901
            .service(account)
    })
    .bind_rustls("0.0.0.0:8443", build_acceptor().expect("acceptor"))? // expect: MTLS901
    .run()
    .await
}
