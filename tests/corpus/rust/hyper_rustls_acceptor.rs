//! hyper-rustls had a server side for a year (0.24.1 to 0.25.0). This is from that year.

use std::convert::Infallible;

use hyper::server::conn::AddrIncoming;
use hyper::service::{make_service_fn, service_fn};
use hyper::{Body, Request, Response, Server};
use hyper_rustls::TlsAcceptor;
use rustls::server::AllowAnyAuthenticatedClient;
use rustls::{Certificate, PrivateKey, RootCertStore, ServerConfig};

async fn echo(request: Request<Body>) -> Result<Response<Body>, Infallible> {
    Ok(Response::new(request.into_body()))
}

fn peers_only(ca: Certificate, cert: Certificate, key: PrivateKey) -> ServerConfig {
    let mut roots = RootCertStore::empty();
    roots.add(&ca).expect("ca");
    ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(AllowAnyAuthenticatedClient::new(roots).boxed())
        .with_single_cert(vec![cert], key)
        .expect("certificate and key")
}

pub async fn open(cert: Certificate, key: PrivateKey) -> Result<(), Box<dyn std::error::Error>> {
    let incoming = AddrIncoming::bind(&"0.0.0.0:1337".parse()?)?;
    let acceptor = TlsAcceptor::builder()
        .with_single_cert(vec![cert], key)? // expect: MTLS103
        .with_all_versions_alpn()
        .with_incoming(incoming);
    let service = make_service_fn(|_| async { Ok::<_, Infallible>(service_fn(echo)) });
    Ok(Server::builder(acceptor).serve(service).await?)
}

pub async fn closed(
    ca: Certificate,
    cert: Certificate,
    key: PrivateKey,
) -> Result<(), Box<dyn std::error::Error>> {
    let incoming = AddrIncoming::bind(&"0.0.0.0:1338".parse()?)?;
    let acceptor = TlsAcceptor::builder()
        .with_tls_config(peers_only(ca, cert, key))
        .with_http11_alpn()
        .with_incoming(incoming);
    let service = make_service_fn(|_| async { Ok::<_, Infallible>(service_fn(echo)) });
    Ok(Server::builder(acceptor).serve(service).await?)
}
