//! Getting started: plaintext and mutual TLS of one app, both on this machine.

use std::{any::Any, fs::File, io::BufReader, net::SocketAddr, sync::Arc};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use actix_web::{web, App, HttpRequest, HttpResponse, HttpServer, Responder};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

#[derive(Debug, Clone)]
struct ConnectionInfo {
    peer: SocketAddr,
    certificate: Option<CertificateDer<'static>>,
}

async fn route_whoami(request: HttpRequest) -> impl Responder {
    match request.conn_data::<ConnectionInfo>() {
        Some(info) => HttpResponse::Ok().body(format!("{info:?}")),
        None => HttpResponse::InternalServerError().finish(),
    }
}

fn remember(connection: &dyn Any, data: &mut Extensions) {
    if let Some(tls) = connection.downcast_ref::<TlsStream<TcpStream>>() {
        let (socket, session) = tls.get_ref();
        let certificate = session.peer_certificates().and_then(|certs| certs.first()).cloned();
        data.insert(ConnectionInfo { peer: socket.peer_addr().unwrap(), certificate });
    } else if let Some(socket) = connection.downcast_ref::<TcpStream>() {
        data.insert(ConnectionInfo { peer: socket.peer_addr().unwrap(), certificate: None });
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let mut store = RootCertStore::empty();
    let ca = &mut BufReader::new(File::open("certs/rootCA.pem")?);
    store.add_parsable_certificates(rustls_pemfile::certs(ca).map(Result::unwrap));
    let verifier = WebPkiClientVerifier::builder(Arc::new(store)).build().unwrap();

    let chain = &mut BufReader::new(File::open("certs/server.pem")?);
    let key = &mut BufReader::new(File::open("certs/server.key")?);
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            rustls_pemfile::certs(chain).map(Result::unwrap).collect(),
            PrivateKeyDer::Pkcs8(rustls_pemfile::pkcs8_private_keys(key).next().unwrap()?),
        )
        .unwrap();

    HttpServer::new(|| App::new().default_service(web::to(route_whoami)))
        .on_connect(remember)
        .bind(("localhost", 8080))?
        .bind_rustls_0_23(("localhost", 8443), config)?
        .workers(1)
        .run()
        .await
}
