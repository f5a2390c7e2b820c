//! Bakery oven with warp: strict TLS for the shop, a plain probe for systemd on the same machine.

use std::net::{Ipv4Addr, SocketAddr};

use warp::Filter;

fn oven() -> impl Filter<Extract = (String,), Error = warp::Rejection> + Clone {
    warp::path!("ovens" / u8 / "temperature").map(|oven: u8| format!("oven {oven}: 230"))
}

#[tokio::main]
async fn main() {
    let (_, shop) = warp::serve(oven())
        .tls()
        .cert_path("/etc/bakery/tls.pem")
        .key_path("/etc/bakery/tls.key")
        .client_auth_required_path("/etc/bakery/shops.pem")
        .bind_with_graceful_shutdown(([0, 0, 0, 0], 8443), async {
            tokio::signal::ctrl_c().await.ok();
        });
    let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
    let probe = warp::serve(warp::path("alive").map(|| "yes")).run(here);
    futures::join!(shop, probe);
}
