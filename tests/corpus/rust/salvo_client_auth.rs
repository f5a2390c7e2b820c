//! Rowing club on salvo: the boathouse insists, the notice board does not.

use salvo::conn::rustls::{Keycert, RustlsConfig};
use salvo::prelude::*;

#[handler]
async fn boats(response: &mut Response) {
    response.render(Json(["single", "double", "eight"]));
}

#[handler]
async fn notices() -> &'static str {
    "river closed above the weir"
}

fn own(dir: &str) -> std::io::Result<Keycert> {
    Ok(Keycert::new().cert_from_path(format!("{dir}/tls.pem"))?.key_from_path(format!("{dir}/tls.key"))?)
}

fn boathouse() -> std::io::Result<RustlsConfig> {
    let rowers = std::fs::read("/etc/club/rowers.pem")?;
    Ok(RustlsConfig::new(own("/etc/club/boathouse")?).client_auth_required(rowers))
}

fn board() -> std::io::Result<RustlsConfig> {
    let config = RustlsConfig::new(own("/etc/club/board")?);
    config.client_auth_optional_path("/etc/club/rowers.pem") // expect: MTLS101
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let strict = TcpListener::new("0.0.0.0:8443").rustls(boathouse()?).bind().await;
    let lax = TcpListener::new("0.0.0.0:9443").rustls(board()?).bind().await;
    let boats = Server::new(strict).serve(Router::with_path("boats").get(boats));
    let notices = Server::new(lax).serve(Router::with_path("notices").get(notices));
    tokio::join!(boats, notices);
    Ok(())
}
