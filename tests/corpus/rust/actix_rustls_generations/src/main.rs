//! Beehive scales: three fleets, three generations of rustls in one binary.

use std::net::TcpListener;

use actix_web::{post, App, HttpResponse, HttpServer};

#[post("/weights")]
async fn weights(body: String) -> HttpResponse {
    match body.trim().parse::<f32>() {
        Ok(kilos) if kilos > 0.0 => HttpResponse::NoContent().finish(),
        _ => HttpResponse::BadRequest().finish(),
    }
}

mod old {
    use rustls_0_21::{Certificate, PrivateKey, ServerConfig};

    pub fn config(cert: Vec<u8>, key: Vec<u8>) -> ServerConfig {
        ServerConfig::builder()
            .with_safe_defaults()
            .with_no_client_auth() // expect: MTLS103
            .with_single_cert(vec![Certificate(cert)], PrivateKey(key))
            .expect("old fleet")
    }
}

mod new {
    use std::sync::Arc;

    use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
    use rustls::server::WebPkiClientVerifier;
    use rustls::{RootCertStore, ServerConfig};

    pub fn config(cert: Vec<u8>, key: Vec<u8>, keepers: Arc<RootCertStore>) -> ServerConfig {
        let verifier = WebPkiClientVerifier::builder(keepers)
            .allow_unauthenticated() // expect: MTLS101
            .build()
            .expect("keepers");
        ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(vec![CertificateDer::from(cert)], PrivatePkcs8KeyDer::from(key).into())
            .expect("new fleet")
    }
}

pub async fn serve(
    cert: Vec<u8>,
    key: Vec<u8>,
    keepers: std::sync::Arc<rustls::RootCertStore>,
) -> std::io::Result<()> {
    let old = TcpListener::bind("0.0.0.0:8440")?;
    let new = TcpListener::bind("0.0.0.0:8443")?;
    HttpServer::new(|| App::new().service(weights))
        .listen_rustls_0_21(old, old::config(cert.clone(), key.clone()))?
        .listen_rustls_0_23(new, new::config(cert, key, keepers))?
        .run()
        .await
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let read = |name: &str| std::fs::read(format!("/etc/beehive/{name}"));
    let mut keepers = rustls::RootCertStore::empty();
    keepers.add(read("keepers.der")?.into()).expect("keepers.der");
    serve(read("tls.der")?, read("tls.key.der")?, keepers.into()).await
}
