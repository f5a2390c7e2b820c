//! Orders with poem: certificates of the dealers' CA are required.

use std::sync::atomic::{AtomicU64, Ordering};

use poem::listener::{Listener, RustlsCertificate, RustlsConfig, TcpListener};
use poem::middleware::Tracing;
use poem::web::{Data, Json};
use poem::{handler, post, EndpointExt, Route, Server};
use serde::Deserialize;

static NEXT: AtomicU64 = AtomicU64::new(1);

#[derive(Deserialize)]
struct Order {
    article: String,
    count: u32,
}

#[derive(Clone)]
struct Limits {
    count: u32,
}

#[handler]
async fn place(Data(limits): Data<&Limits>, Json(order): Json<Order>) -> poem::Result<String> {
    if order.count == 0 || order.count > limits.count {
        return Err(poem::http::StatusCode::UNPROCESSABLE_ENTITY.into());
    }
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    tracing::info!(id, article = order.article, "order");
    Ok(id.to_string())
}

fn tls() -> std::io::Result<RustlsConfig> {
    let certificate = RustlsCertificate::new()
        .cert(std::fs::read("/etc/orders/tls.pem")?)
        .key(std::fs::read("/etc/orders/tls.key")?);
    // client_auth_optional was for the shop floor terminals, which are gone
    Ok(RustlsConfig::new()
        .fallback(certificate)
        .client_auth_required(std::fs::read("/etc/orders/dealers.pem")?))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Route::new().at("/orders", post(place)).data(Limits { count: 100 }).with(Tracing);
    let listener = TcpListener::bind("0.0.0.0:8443").rustls(tls()?);
    Server::new(listener).run(app).await
}
