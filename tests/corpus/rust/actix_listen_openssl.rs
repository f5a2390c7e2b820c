//! Choir tickets: OpenSSL, two listeners of one builder function, one mode.

use std::net::TcpListener;

use actix_web::{get, App, HttpServer};
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

#[get("/seats")]
async fn seats() -> String {
    (1..=40).map(|seat| format!("{seat} ")).collect()
}

fn tls(mode: SslVerifyMode) -> Result<SslAcceptorBuilder, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("choir.pem")?;
    builder.set_private_key_file("choir.key", SslFiletype::PEM)?;
    builder.set_ca_file("box-offices.pem")?;
    builder.set_verify(mode);
    Ok(builder)
}

const STRICT: SslVerifyMode = SslVerifyMode::PEER.union(SslVerifyMode::FAIL_IF_NO_PEER_CERT);

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:8443")?;
    HttpServer::new(|| App::new().service(seats))
        .listen_openssl(listener, tls(STRICT)?)?
        .bind_openssl("0.0.0.0:9443", tls(STRICT)?)?
        .run()
        .await
}
