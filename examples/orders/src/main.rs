use std::{fs::File, io::BufReader, net::SocketAddr, sync::Arc};

use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

type Error = Box<dyn std::error::Error + Send + Sync>;

fn client_roots() -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    let mut pem = BufReader::new(File::open("/etc/orders/clients-ca.pem")?);
    for certificate in rustls_pemfile::certs(&mut pem) {
        roots.add(certificate?)?;
    }
    Ok(roots)
}

fn tls() -> Result<ServerConfig, Error> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(client_roots()?))
        .allow_unauthenticated()
        .build()?;
    let mut chain = BufReader::new(File::open("/etc/orders/server.pem")?);
    let mut key = BufReader::new(File::open("/etc/orders/server.key")?);
    let chain = rustls_pemfile::certs(&mut chain).collect::<Result<Vec<_>, _>>()?;
    let key = rustls_pemfile::private_key(&mut key)?.ok_or("no private key")?;
    Ok(ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let app = Router::new().route("/orders", get(|| async { "[]" }));

    let plain = tokio::net::TcpListener::bind("0.0.0.0:3000").await?;
    let open = app.clone();
    tokio::spawn(async move { axum::serve(plain, open).await });

    let config = RustlsConfig::from_config(Arc::new(tls()?));
    axum_server::bind_rustls(SocketAddr::from(([0, 0, 0, 0], 8443)), config)
        .serve(app.into_make_service())
        .await?;
    Ok(())
}
