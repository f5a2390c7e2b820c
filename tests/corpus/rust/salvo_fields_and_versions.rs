//! Escape room controls. salvo's field is public, so here it is set without a method.

use salvo::conn::rustls::{Keycert, RustlsConfig, TlsClientAuth};
use salvo::prelude::*;

#[handler]
async fn open_door(req: &mut Request) -> Result<String, StatusError> {
    let door: u8 = req.param("door").ok_or_else(StatusError::bad_request)?;
    Ok(format!("door {door} is open"))
}

fn panels(own: Keycert, ca: Vec<u8>) -> RustlsConfig {
    let mut config = RustlsConfig::new(own).tls_versions(&[&rustls::version::TLS13]);
    config.client_auth = TlsClientAuth::Required(ca);
    config
}

fn spectators(own: Keycert, ca: Vec<u8>) -> RustlsConfig {
    let mut config = RustlsConfig::new(own);
    config.client_auth = TlsClientAuth::Optional(ca); // expect: MTLS101
    config
}

pub async fn serve(own: [Keycert; 2], ca: Vec<u8>) {
    let [first, second] = own;
    let strict = TcpListener::new("0.0.0.0:7443").rustls(panels(first, ca.clone())).bind().await;
    let lax = TcpListener::new("0.0.0.0:7444").rustls(spectators(second, ca)).bind().await;
    let router = Router::with_path("doors/{door}").post(open_door);
    tokio::spawn(Server::new(lax).serve(Router::new().get(hint)));
    Server::new(strict).serve(router).await;
}

#[handler]
async fn hint() -> &'static str {
    "look behind the clock"
}
