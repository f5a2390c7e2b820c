//! Orchestra management: a strict TLS socket, and two more ways in that stay on the machine.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::net::UnixListener;
use std::sync::Arc;

use actix_web::{get, App, HttpServer, Responder};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ServerConfig, WebPkiClientVerifier};

#[get("/rehearsals")]
async fn rehearsals() -> impl Responder {
    "Tuesday, Mahler"
}

fn members() -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("pki/members.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier);
    let chain = CertificateDer::pem_file_iter("pki/tls.pem")?.collect::<Result<Vec<_>, _>>()?;
    Ok(config.with_single_cert(chain, PrivateKeyDer::from_pem_file("pki/tls.key")?)?)
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tls = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 8443))?;
    let local = TcpListener::bind((Ipv4Addr::LOCALHOST, 8080))?;
    let socket = UnixListener::bind("/run/orchestra.sock")?;
    HttpServer::new(|| App::new().service(rehearsals))
        .listen_rustls_0_23(tls, members()?)?
        .listen(local)?
        .listen_uds(socket)?
        .bind_auto_h2c("127.0.0.1:8082")?
        .run()
        .await?;
    Ok(())
}
