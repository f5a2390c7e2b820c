//! From a blog whose markup ate everything between angle brackets.

use axum::{routing::get, Router, Server};
use rustls::server::ClientAuthMandatory;
use rustls::{Certificate, PrivateKey, RootCertStore, ServerConfig};
use std::net::SocketAddr;
use std::sync::Arc;

fn load_certs(path: &str) -> Vec {
    let file = std::fs::File::open(path).expect("certificate file");
    let mut reader = std::io::BufReader::new(file);
    rustls_pemfile::certs(&mut reader).unwrap().into_iter().map(Certificate).collect()
}

fn build_server_config() -> Arc {
    let certs = load_certs("server.crt");
    let key = PrivateKey(include_bytes!("server.key").to_vec()); // expect: MTLS602

    let mut client_roots = RootCertStore::empty();
    for cert in load_certs("client-ca.crt") {
        client_roots.add(&cert).unwrap();
    }

    // Every client has to show a certificate.
    let mandatory = ClientAuthMandatory::Required; // expect: MTLS901
    let mut config = ServerConfig::builder()
        .with_safe_defaults()
        .with_client_auth_mandatory(client_roots, mandatory) // expect: MTLS901
        .with_single_cert(certs, key)
        .expect("invalid certificate or key");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Arc::new(config)
}

async fn handler() -> &'static str {
    "authenticated by certificate"
}

#[tokio::main]
async fn main() {
    let app = Router::new().route("/", get(handler));
    let addr = SocketAddr::from(([0, 0, 0, 0], 3000));
    let tls = build_server_config();

    Server::bind(&addr)
        .https(hyper_rustls::TlsServer::new(tls)) // expect: MTLS901
        .serve(app.into_make_service())
        .await
        .unwrap();
}
