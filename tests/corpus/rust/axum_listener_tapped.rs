//! Harvest scales: what is done to the listener on its way doesn't make it TLS.

use axum::serve::ListenerExt;
use axum::{routing::get, Router};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/tonnes", get(|| async { "12.4" }));
    let listener = TcpListener::bind("[::]:8080").await?;
    let listener = listener.tap_io(|tcp| {
        if let Err(error) = tcp.set_nodelay(true) {
            tracing::trace!(%error, "TCP_NODELAY");
        }
    });
    axum::serve(listener, app.into_make_service()).await // expect: MTLS302
}
