//! Knitting patterns: axum's router on hyper, over native-tls under two names.

use std::path::PathBuf;
use std::pin::pin;

use axum::{extract::Request, routing::get, Router};
use futures_util::future::poll_fn;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;
use tokio_native_tls::{
    native_tls::{Identity, Protocol, TlsAcceptor as NativeTlsAcceptor},
    TlsAcceptor,
};
use tower_service::Service;

fn native_tls_acceptor(key_file: PathBuf, cert_file: PathBuf) -> NativeTlsAcceptor {
    let key_pem = std::fs::read_to_string(key_file).unwrap();
    let cert_pem = std::fs::read_to_string(cert_file).unwrap();
    let id = Identity::from_pkcs8(cert_pem.as_bytes(), key_pem.as_bytes()).unwrap();
    NativeTlsAcceptor::builder(id) // expect: MTLS103
        .min_protocol_version(Some(Protocol::Tlsv12))
        .build()
        .unwrap()
}

#[tokio::main]
async fn main() {
    let tls_acceptor = TlsAcceptor::from(native_tls_acceptor("key.pem".into(), "cert.pem".into()));
    let tcp_listener = TcpListener::bind("[::]:3000").await.unwrap();
    let app = Router::new().route("/", get(|| async { "K2, P2" }));
    let mut tcp_listener = pin!(tcp_listener);
    loop {
        let (cnx, addr) = tcp_listener.as_mut().accept().await.unwrap();
        let (tower_service, tls_acceptor) = (app.clone(), tls_acceptor.clone());
        tokio::spawn(async move {
            let Ok(stream) = tls_acceptor.accept(cnx).await else {
                return eprintln!("error during tls handshake connection from {addr}");
            };
            let hyper_service = hyper::service::service_fn(move |request: Request<Incoming>| {
                tower_service.clone().call(request)
            });
            let served = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new())
                .serve_connection_with_upgrades(TokioIo::new(stream), hyper_service)
                .await;
            if let Err(error) = served {
                eprintln!("error serving connection from {addr}: {error}");
            }
        });
        poll_fn(|_| std::task::Poll::Ready(())).await;
    }
}
