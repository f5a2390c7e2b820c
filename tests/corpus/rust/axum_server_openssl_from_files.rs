//! Library catalogue, axum-server on OpenSSL: chains, DER and PEM in memory.

use std::net::SocketAddr;

use axum::{routing::get, Router};
use axum_server::tls_openssl::OpenSSLConfig;
use openssl::error::ErrorStack;

fn branches() -> Result<[(u16, OpenSSLConfig); 3], ErrorStack> {
    let (cert, key) = (std::fs::read("north.der").unwrap(), std::fs::read("north.key.der").unwrap());
    let north = OpenSSLConfig::from_der(&cert, &key)?; // expect: MTLS103
    let south = OpenSSLConfig::from_pem_chain_file("south/chain.pem", "south/key.pem")?; // expect: MTLS103
    let east = OpenSSLConfig::from_pem( // expect: MTLS103
        &std::fs::read("east.pem").unwrap(),
        &std::fs::read("east.key").unwrap(),
    )?;
    Ok([(8441, north), (8442, south), (8443, east)])
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/books", get(|| async { "[]" }));
    let mut tasks = tokio::task::JoinSet::new();
    for (port, config) in branches()? {
        let addr = SocketAddr::from(([0, 0, 0, 0], port));
        let service = app.clone().into_make_service();
        tasks.spawn(axum_server::bind_openssl(addr, config).serve(service));
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}
