//! Sauna heater: IPv6 in its long form, once for everybody and once for this machine.

use std::net::{Ipv6Addr, SocketAddr, SocketAddrV6};

use axum::{routing::post, Router};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/heat", post(|degrees: String| async move { degrees }));
    let here = SocketAddrV6::new(Ipv6Addr::LOCALHOST, 8081, 0, 0);
    let local = TcpListener::bind(SocketAddr::V6(here)).await?;
    tokio::spawn(axum::serve(local, Router::new()).into_future());

    let everywhere = SocketAddrV6::new(Ipv6Addr::UNSPECIFIED, 8080, 0, 0);
    axum::serve(TcpListener::bind(everywhere).await?, app).await // expect: MTLS302
}
