//! Tram shelters: a layer drops the headers that a proxy would set, so none of them is believed.

use std::net::SocketAddr;

use axum::extract::Request;
use axum::http::{header, HeaderName, HeaderValue, Method};
use axum::middleware::{map_request, Next};
use axum::response::Response;
use axum::{routing::get, Router};
use tower_http::cors::CorsLayer;

const UNTRUSTED: [&str; 4] =
    ["x-forwarded-client-cert", "x-ssl-client-s-dn", "x-ssl-client-verify", "x-client-cert"];

async fn strip(mut request: Request) -> Request {
    for name in UNTRUSTED {
        request.headers_mut().remove(name);
    }
    request
}

pub async fn tag(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert("x-ssl-client-verify", HeaderValue::from_static("NONE"));
    response
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let cors = CorsLayer::new()
        .allow_methods([Method::GET])
        .expose_headers([header::ETAG, HeaderName::from_static("x-ssl-client-verify")]);
    let app = Router::new()
        .route("/shelters", get(|| async { "[]" }))
        .layer(cors)
        .layer(map_request(strip));
    let address = SocketAddr::from(([127, 0, 0, 1], 8080));
    axum::serve(tokio::net::TcpListener::bind(address).await?, app).await
}
