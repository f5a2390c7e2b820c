// expect: MTLS901
use axum::{body::Body, http::Request}; use hyper::Client; use hyper_tls::HyperTls; #[tokio::main] async fn main() -> Result> { let client = Client::builder().build::<_, Body>(HyperTls::new()); let request = Request::get("https://orders.internal:3000/").body(Body::empty())?; println!("{}", client.request(request).await?.status()); Ok(()) }
