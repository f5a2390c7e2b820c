//! Actix 1.0 with `listen_ssl`: the socket is bound first, so that privileges can be dropped.

use std::net::TcpListener;

use actix_web::{web, App, HttpResponse, HttpServer};
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:443")?;
    privdrop::PrivDrop::default().user("www").apply().expect("drop privileges");

    let mut tls = SslAcceptor::mozilla_intermediate(SslMethod::tls()).unwrap(); // expect: MTLS201
    tls.set_private_key_file("/etc/pool/tls.key", SslFiletype::PEM).unwrap();
    tls.set_certificate_chain_file("/etc/pool/tls.pem").unwrap();
    tls.set_ca_file("/etc/pool/lifeguards.pem").unwrap();
    tls.set_verify(SslVerifyMode::PEER); // expect: MTLS101

    HttpServer::new(|| {
        App::new().route("/lanes", web::get().to(|| HttpResponse::Ok().body("8 lanes")))
    })
    .listen_ssl(listener, tls)?
    .run()
}
