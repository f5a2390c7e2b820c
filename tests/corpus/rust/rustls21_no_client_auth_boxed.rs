//! Recipe box: hyper 0.14 on rustls 0.21.

use std::convert::Infallible;
use std::sync::Arc;

use hyper::server::conn::Http;
use hyper::service::service_fn;
use hyper::{Body, Request, Response};
use rustls::server::NoClientAuth;
use rustls::{Certificate, PrivateKey, ServerConfig};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

async fn recipe(request: Request<Body>) -> Result<Response<Body>, Infallible> {
    Ok(Response::new(Body::from(format!("no recipe for {}\n", request.uri().path()))))
}

fn acceptor(chain: Vec<Certificate>, key: PrivateKey) -> Result<TlsAcceptor, rustls::Error> {
    let nobody = NoClientAuth::boxed(); // expect: MTLS103
    let config = ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(nobody)
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let chain = vec![Certificate(std::fs::read("recipes.der")?)];
    let key = PrivateKey(std::fs::read("/run/secrets/recipes.key.der")?);
    let acceptor = acceptor(chain, key)?;
    let listener = TcpListener::bind(("0.0.0.0", 8443)).await?;
    loop {
        let (tcp, _) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::task::spawn(async move {
            if let Ok(tls) = acceptor.accept(tcp).await {
                let _ = Http::new().serve_connection(tls, service_fn(recipe)).await;
            }
        });
    }
}
