//! Cable ferry: headers are read, and none of them is anybody's identity.

use axum::extract::ConnectInfo;
use axum::http::{header, HeaderMap, StatusCode};
use axum::{routing::get, Router};
use std::net::SocketAddr;

async fn crossing(ConnectInfo(peer): ConnectInfo<SocketAddr>, headers: HeaderMap) -> StatusCode {
    let trace = headers.get("x-request-id").or_else(|| headers.get("traceparent"));
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let agent = headers.get(header::USER_AGENT);
    let certainly = headers.get("x-client-certainty").is_some();
    tracing::info!(?trace, ?forwarded, ?agent, %peer, certainly, "crossing");
    StatusCode::NO_CONTENT
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/crossing", get(crossing));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 8088)).await?;
    axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await
}
