//! Client of the service above, by the same author.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use hyper::Client;
use hyper_tls::HyperTls;

async fn fetch(uri: &str) -> Result> {
    let https = HyperTls::new(); // expect: MTLS901
    let client = Client::builder().build::(https);

    let request = Request::builder()
        .method("GET")
        .uri(uri)
        .header("accept", "application/json")
        .body(Body::empty())?;
    let response = client.request(request).await?;

    match response.status() {
        StatusCode::OK => Ok(hyper::body::to_bytes(response.into_body()).await?.to_vec()),
        status => Err(format!("unexpected status {status}").into()),
    }
}

#[tokio::main]
async fn main() {
    match fetch("https://orders.internal:3000/").await {
        Ok(body) => println!("{} bytes", body.len()),
        Err(error) => eprintln!("request failed: {error}"),
    }
}
