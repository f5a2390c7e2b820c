//! TLS as a middleware: Actix has none, it is below the application.

use actix_web::{get, middleware::Logger, App, HttpServer, Responder};
use anyhow::Result;
use native_tls::{Identity, Protocol};
use tokio_native_tls::TlsAcceptor;

#[get("/tides")]
async fn tides() -> impl Responder {
    "high 04:12, low 10:31"
}

fn acceptor() -> Result<TlsAcceptor> {
    let identity = Identity::from_pkcs12(&std::fs::read("tides.p12")?, "")?;
    let inner = native_tls::TlsAcceptor::builder(identity) // expect: MTLS103
        .min_protocol_version(Some(Protocol::Tlsv12))
        .build()?;
    Ok(TlsAcceptor::from(inner))
}

#[actix_web::main]
async fn main() -> Result<()> {
    let tls = acceptor()?;
    HttpServer::new(move || {
        App::new()
            .wrap(Logger::default())
            .wrap(tls.clone()) // expect: MTLS901
            .service(tides)
    })
    .bind_rustls_with("0.0.0.0:8443", acceptor()?)? // expect: MTLS901
    .run()
    .await?;
    Ok(())
}
