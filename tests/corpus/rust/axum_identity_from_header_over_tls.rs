//! Toll stations. TLS, but nobody is asked for a certificate; a middleware believes a header.

use std::net::SocketAddr;

use axum::extract::{Extension, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{from_fn, Next};
use axum::response::Response;
use axum::{routing::post, Router};
use axum_server::tls_rustls::RustlsConfig;

#[derive(Clone, Debug)]
struct Station(String);

fn station(headers: &HeaderMap) -> Option<Station> {
    let subject = headers.get("x-client-cert-subject")?; // expect: MTLS502
    let subject = subject.to_str().ok()?;
    let name = subject.split(',').find_map(|part| part.trim().strip_prefix("CN="))?;
    Some(Station(name.to_owned()))
}

async fn identify(mut request: Request, next: Next) -> Result<Response, StatusCode> {
    let station = station(request.headers()).ok_or(StatusCode::UNAUTHORIZED)?;
    request.extensions_mut().insert(station);
    Ok(next.run(request).await)
}

async fn passed(Extension(station): Extension<Station>, body: String) -> StatusCode {
    tracing::info!(station = station.0, plate = body, "passed");
    StatusCode::NO_CONTENT
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/passed", post(passed)).layer(from_fn(identify));
    let tls = RustlsConfig::from_pem_file("/etc/toll/tls.pem", "/etc/toll/tls.key").await?; // expect: MTLS103
    let addr = SocketAddr::from(([0, 0, 0, 0], 8443));
    axum_server::bind_rustls(addr, tls).serve(app.into_make_service()).await
}
