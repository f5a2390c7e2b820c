//! The article's second half: tokio-native-tls below hyper, and no minimum version.

use std::fs::File;
use std::io::Read;

use hyper::{service::service_fn, Body, Request, Response};
use tokio::net::TcpListener;
use tokio_native_tls::native_tls::{Certificate, Identity, TlsAcceptor};

fn read(path: &str) -> Vec {
    let mut data = Vec::new();
    File::open(path).and_then(|mut file| file.read_to_end(&mut data)).expect(path);
    data
}

fn acceptor() -> tokio_native_tls::TlsAcceptor {
    let identity = Identity::from_pkcs8(&read("server.pem"), &read("server-key.pem")).unwrap();
    let root = Certificate::from_pem(&read("clients-ca.pem")).unwrap();
    // expect: MTLS103 MTLS201
    let acceptor = TlsAcceptor::builder(identity)
        .add_root_certificate(root) // expect: MTLS901
        .client_auth(tokio_native_tls::native_tls::ClientAuth::Required) // expect: MTLS901
        .build()
        .unwrap();
    tokio_native_tls::TlsAcceptor::from(acceptor)
}

async fn hello(_request: Request) -> Result, std::convert::Infallible> {
    Ok(Response::new(Body::from("you showed a certificate, did you not?\n")))
}

#[tokio::main]
async fn main() {
    let acceptor = acceptor();
    let listener = TcpListener::bind("0.0.0.0:8443").await.unwrap();
    loop {
        let (tcp, _) = listener.accept().await.unwrap();
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let stream = acceptor.accept(tcp).await.unwrap();
            hyper::server::conn::Http::new().serve_connection(stream, service_fn(hello)).await
        });
    }
}
