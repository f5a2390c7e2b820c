// Bus stop displays. salvo, three listeners, none of which asks for anything.
use salvo::conn::native_tls::NativeTlsConfig;
use salvo::conn::rustls::{Keycert, RustlsConfig};
use salvo::prelude::*;

#[handler]
async fn departures() -> &'static str {
    "12  Market Square  4 min"
}

#[tokio::main]
async fn main() {
    let router = || Router::with_path("departures").get(departures);
    let pair = Keycert::new().cert(include_str!("../certs/stop.crt")).key(std::fs::read("stop.key").unwrap());
    let rustls = RustlsConfig::new(pair); // expect: MTLS103
    let tls = TcpListener::new("0.0.0.0:443").rustls(rustls).bind().await;
    let plain = TcpListener::new("0.0.0.0:80").bind().await;
    tokio::spawn(Server::new(plain).serve(router())); // expect: MTLS302
    let p12 = NativeTlsConfig::new() // expect: MTLS103 MTLS201
        .pkcs12(std::fs::read("stop.p12").unwrap())
        .password("");
    let legacy = TcpListener::new("0.0.0.0:8443").native_tls(p12).bind().await;
    tokio::spawn(Server::new(legacy).serve(router()));
    Server::new(tls).serve(router()).await;
}
