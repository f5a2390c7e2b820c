//! Asset service: 8443 for machines with certificates, 9443 for the dashboard.

use std::path::Path;
use std::sync::Arc;

use actix_web::{get, web, App, HttpResponse, HttpServer};
use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ServerConfig, WebPkiClientVerifier};
use rustls::RootCertStore;

type Chain = Vec<CertificateDer<'static>>;

fn identity(dir: &Path) -> Result<(Chain, PrivateKeyDer<'static>)> {
    let chain = CertificateDer::pem_file_iter(dir.join("tls.pem"))?.collect::<Result<_, _>>()?;
    Ok((chain, PrivateKeyDer::from_pem_file(dir.join("tls.key"))?))
}

fn machines(dir: &Path) -> Result<ServerConfig> {
    let (chain, key) = identity(dir)?;
    let mut ca = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(dir.join("machines.pem"))? {
        ca.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(ca)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

fn dashboard(dir: &Path) -> Result<ServerConfig> {
    let (chain, key) = identity(dir)?;
    let builder = ServerConfig::builder().with_no_client_auth(); // expect: MTLS103
    Ok(builder.with_single_cert(chain, key)?)
}

#[get("/assets/{id}")]
async fn asset(id: web::Path<String>) -> HttpResponse {
    HttpResponse::Ok().body(format!("asset {id}"))
}

#[actix_web::main]
async fn main() -> Result<()> {
    let dir = Path::new("/etc/assets");
    HttpServer::new(|| App::new().service(asset))
        .bind_rustls_0_23("0.0.0.0:8443", machines(dir)?)?
        .bind_rustls_0_23("0.0.0.0:9443", dashboard(dir)?)? // expect: MTLS105
        .run()
        .await?;
    Ok(())
}
