//! Port 80 of a shop on salvo sends everybody on to HTTPS; the staff's port serves.

use salvo::conn::rustls::{Keycert, RustlsConfig};
use salvo::prelude::*;

#[handler]
async fn to_https(req: &mut Request, res: &mut Response) {
    let path = req.uri().path();
    res.render(Redirect::permanent(format!("https://shop.example.com{path}")));
}

#[handler]
async fn stock() -> &'static str {
    "3 left"
}

pub async fn redirect() {
    let acceptor = TcpListener::new("0.0.0.0:80").bind().await;
    let router = Router::with_path("{**rest}").get(to_https).post(to_https);
    Server::new(acceptor).serve(router).await;
}

pub async fn staff() {
    let acceptor = TcpListener::new("0.0.0.0:8081").bind().await;
    let router = Router::new().get(to_https).push(Router::with_path("stock").get(stock));
    Server::new(acceptor).serve(router).await; // expect: MTLS302
}

pub async fn shop() {
    let keycert = Keycert::new().cert_from_path("/etc/shop/cert.pem").unwrap();
    let config = RustlsConfig::new(keycert.key_from_path("/etc/shop/key.pem").unwrap())
        .client_auth_required_path("/etc/shop/members.pem")
        .unwrap();
    let acceptor = TcpListener::new("0.0.0.0:443").rustls(config).bind().await;
    Server::new(acceptor).serve(Router::new().get(stock)).await;
}
