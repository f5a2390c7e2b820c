//! Notice board on actix-web 0.7, when `bind_tls` was native-tls.

extern crate actix_web;
extern crate native_tls;

use actix_web::{http, server, App, HttpRequest};
use native_tls::{Identity, TlsAcceptor};
use std::fs::File;
use std::io::Read;

fn notices(_req: &HttpRequest) -> &'static str {
    "No smoking."
}

fn identity(path: &str) -> Identity {
    let mut pkcs12 = vec![];
    File::open(path).unwrap().read_to_end(&mut pkcs12).unwrap();
    Identity::from_pkcs12(&pkcs12, &::std::env::var("PFX_PASSWORD").unwrap()).unwrap()
}

fn preview() {
    let acceptor = TlsAcceptor::builder(identity("preview.pfx"))
        .min_protocol_version(Some(native_tls::Protocol::Tlsv12))
        .build()
        .unwrap();
    server::new(|| App::new().resource("/", |r| r.method(http::Method::GET).f(notices)))
        .bind_tls("127.0.0.1:8444", acceptor)
        .unwrap()
        .start();
}

fn main() {
    preview();
    let acceptor = TlsAcceptor::builder(identity("board.pfx")).build().unwrap(); // expect: MTLS103 MTLS201
    server::new(|| App::new().resource("/", |r| r.method(http::Method::GET).f(notices)))
        .bind_tls("0.0.0.0:8443", acceptor)
        .unwrap()
        .run();
}
