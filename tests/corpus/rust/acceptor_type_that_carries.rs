//! Handlers want the peer's certificate, so an acceptor of our own carries the one of axum-server.

use std::net::SocketAddr;

use axum::{routing::get, Extension, Router};
use axum_server::accept::Accept;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use futures_util::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::server::TlsStream;

#[derive(Clone)]
struct Named {
    inner: RustlsAcceptor,
}

impl Named {
    fn new(inner: RustlsAcceptor) -> Self {
        Self { inner }
    }
}

impl<I, S> Accept<I, S> for Named
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    S: Send + 'static,
{
    type Stream = TlsStream<I>;
    type Service = S;
    type Future = BoxFuture<'static, std::io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let acceptor = self.inner.clone();
        Box::pin(async move { acceptor.accept(stream, service).await })
    }
}

async fn hello(Extension(name): Extension<String>) -> String {
    format!("hello {name}")
}

fn app() -> Router {
    Router::new().route("/", get(hello))
}

pub async fn preview() -> std::io::Result<()> {
    let config = RustlsConfig::from_pem_file("/run/preview/cert.pem", "/run/preview/key.pem").await?;
    let address = SocketAddr::from(([127, 0, 0, 1], 3443));
    let acceptor = Named::new(RustlsAcceptor::new(config));
    axum_server::bind(address).acceptor(acceptor).serve(app().into_make_service()).await
}

pub async fn public() -> std::io::Result<()> {
    let config = RustlsConfig::from_pem_file("/etc/site/cert.pem", "/etc/site/key.pem").await?; // expect: MTLS103
    let address = SocketAddr::from(([0, 0, 0, 0], 443));
    let acceptor = Named::new(RustlsAcceptor::new(config));
    axum_server::bind(address).acceptor(acceptor).serve(app().into_make_service()).await
}
