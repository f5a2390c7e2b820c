//! TLS lets strangers in, the handler shows them out. It is one of several handlers.

use std::any::Any;
use std::sync::Arc;

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use actix_web::{get, App, HttpRequest, HttpResponse, HttpServer};
use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

#[derive(Clone)]
struct Peer(CertificateDer<'static>);

fn remember(connection: &dyn Any, data: &mut Extensions) {
    if let Some(tls) = connection.downcast_ref::<TlsStream<TcpStream>>() {
        if let Some([leaf, ..]) = tls.get_ref().1.peer_certificates() {
            data.insert(Peer(leaf.clone()));
        }
    }
}

#[get("/beds")]
async fn beds(request: HttpRequest) -> HttpResponse {
    match request.conn_data::<Peer>() {
        Some(Peer(cert)) => HttpResponse::Ok().body(format!("{} bytes", cert.len())),
        None => HttpResponse::Unauthorized().finish(),
    }
}

#[get("/visiting-hours")]
async fn hours() -> &'static str {
    "14 to 18"
}

fn tls() -> Result<ServerConfig> {
    let mut wards = RootCertStore::empty();
    wards.add(CertificateDer::from_pem_file("/etc/hospital/wards.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(wards))
        .allow_unauthenticated() // expect: MTLS101
        .build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("/etc/hospital/tls.pem")?],
        PrivateKeyDer::from_pem_file("/etc/hospital/tls.key")?,
    )?)
}

#[actix_web::main]
async fn main() -> Result<()> {
    HttpServer::new(|| App::new().service(beds).service(hours))
        .on_connect(remember)
        .bind_rustls_0_23("0.0.0.0:8443", tls()?)?
        .run()
        .await?;
    Ok(())
}
