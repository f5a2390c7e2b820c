//! Only the proxy on this machine can reach the listener, so its word is good.

use std::net::{Ipv4Addr, SocketAddr};

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use axum::{routing::get, Router};

fn caller(headers: &HeaderMap) -> Result<&str, StatusCode> {
    if headers.get("x-ssl-client-verify").is_none_or(|verify| verify != "SUCCESS") {
        return Err(StatusCode::FORBIDDEN);
    }
    let subject = headers.get("x-ssl-client-s-dn").ok_or(StatusCode::FORBIDDEN)?;
    subject.to_str().map_err(|_| StatusCode::BAD_REQUEST)
}

async fn page(
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, StatusCode> {
    let caller = caller(&headers)?;
    tracing::info!(caller, name, "read");
    let mut answer = HeaderMap::new();
    let seen = HeaderValue::from_str(caller).map_err(|_| StatusCode::BAD_REQUEST)?;
    answer.insert("x-ssl-client-s-dn", seen);
    Ok((answer, format!("page {name}")))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/pages/{name}", get(page));
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 3000));
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, app).await
}
