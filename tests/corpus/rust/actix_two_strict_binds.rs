//! Timetable office: one app on two addresses, by one function's configuration each time.

use actix_web::{get, App, HttpServer};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ServerConfig, WebPkiClientVerifier};

#[get("/departures")]
async fn departures() -> String {
    std::fs::read_to_string("/run/departures").unwrap_or_default()
}

fn stations() -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let mut roots = rustls::RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("stations.pem")? {
        roots.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(roots.into()).build()?;
    let builder = ServerConfig::builder().with_client_cert_verifier(verifier);
    let chain = CertificateDer::pem_file_iter("office.pem")?.collect::<Result<Vec<_>, _>>()?;
    Ok(builder.with_single_cert(chain, PrivateKeyDer::from_pem_file("office.key")?)?)
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = HttpServer::new(|| App::new().service(departures)).shutdown_timeout(3);
    let server = server.bind_rustls_0_23("10.0.0.4:8443", stations()?)?;
    let server = server.bind_rustls_0_23("192.168.7.4:8443", stations()?)?;
    Ok(server.run().await?)
}
