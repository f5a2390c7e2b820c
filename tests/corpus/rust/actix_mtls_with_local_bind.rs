//! Same app on two sockets; the plaintext one is for the probe on this machine.

use actix_web::{get, web, App, HttpRequest, HttpServer, Responder};
use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

#[get("/whoami")]
async fn whoami(request: HttpRequest) -> impl Responder {
    match request.peer_addr() {
        Some(addr) => format!("you are {}", addr.ip()),
        None => "you are local".to_owned(),
    }
}

#[get("/jobs")]
async fn jobs(queue: web::Data<Vec<&'static str>>) -> impl Responder {
    web::Json(queue.to_vec())
}

fn tls() -> Result<ServerConfig> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("pki/ca.pem")? {
        roots.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(roots.into()).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        CertificateDer::pem_file_iter("pki/node.pem")?.collect::<Result<_, _>>()?,
        PrivateKeyDer::from_pem_file("pki/node.key")?,
    )?)
}

#[actix_web::main]
async fn main() -> Result<()> {
    let queue = web::Data::new(vec!["index", "compact"]);
    let server = HttpServer::new(move || {
        App::new().app_data(queue.clone()).service(whoami).service(jobs)
    });
    let server = server
        .bind(("127.0.0.1", 8080))?
        .bind("[::1]:8080")?
        .bind_uds("/run/jobs/http.sock")?;
    let server = server.bind_rustls_0_23(("0.0.0.0", 8443), tls()?)?;
    server.disable_signals().run().await?;
    Ok(())
}
