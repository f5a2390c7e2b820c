//! Ski lifts: HTTP/2 in plaintext for the "internal" balancer, the same app as behind TLS.

use actix_web::{get, web, App, HttpServer, Responder};
use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};

#[get("/lifts/{id}")]
async fn lift(id: web::Path<u8>) -> impl Responder {
    format!("lift {id}: running")
}

fn lift_stations() -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/lifts/stations.pem")? {
        store.add(cert?)?;
    }
    Ok(store)
}

#[actix_web::main]
async fn main() -> Result<()> {
    let verifier = WebPkiClientVerifier::builder(lift_stations()?.into()).build()?;
    let tls = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            CertificateDer::pem_file_iter("/etc/lifts/tls.pem")?.collect::<Result<_, _>>()?,
            PrivateKeyDer::from_pem_file("/etc/lifts/tls.key")?,
        )?;
    HttpServer::new(|| App::new().service(lift))
        .bind_rustls_0_22("0.0.0.0:8443", tls)?
        .bind_auto_h2c("0.0.0.0:8080")? // expect: MTLS105 MTLS302
        .run()
        .await?;
    Ok(())
}
