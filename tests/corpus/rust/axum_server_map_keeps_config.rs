//! Canteen menu: the server value is passed around, mapped and handled before it serves.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::{routing::get, Router};
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ServerConfig, WebPkiClientVerifier};

type TlsServer = Server<RustlsAcceptor<NoDelayAcceptor>>;

fn server(config: RustlsConfig, handle: Handle) -> TlsServer {
    let address = SocketAddr::from(([0, 0, 0, 0], 8443));
    let mut server = axum_server::bind_rustls(address, config)
        .map(|acceptor| acceptor.acceptor(NoDelayAcceptor))
        .handle(handle);
    server.http_builder().http2().max_concurrent_streams(64);
    server
}

fn config() -> eyre::Result<Arc<ServerConfig>> {
    let mut cooks = rustls::RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("cooks.pem")? {
        cooks.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(cooks.into()).build()?;
    let builder = ServerConfig::builder().with_client_cert_verifier(verifier);
    let chain = CertificateDer::pem_file_iter("menu.pem")?.collect::<Result<_, _>>()?;
    Ok(Arc::new(builder.with_single_cert(chain, PrivateKeyDer::from_pem_file("menu.key")?)?))
}

#[tokio::main]
async fn main() -> eyre::Result<()> {
    let app = Router::new().route("/menu", get(|| async { "soup" }));
    let server = server(RustlsConfig::from_config(config()?), Handle::new());
    server.serve(app.into_make_service()).await?;
    Ok(())
}
