//! Map kiosk on hyper 0.14: the same `Server` that axum 0.6 re-exports.

use std::net::SocketAddr;
use std::str::FromStr;

use hyper::service::{make_service_fn, service_fn};
use hyper::{Body, Request, Response, Server};

async fn maps(request: Request<Body>) -> Result<Response<Body>, hyper::Error> {
    Ok(Response::new(Body::from(format!("map of {}", request.uri().path()))))
}

#[tokio::main]
async fn main() -> Result<(), hyper::Error> {
    let service = make_service_fn(|_| async { Ok::<_, hyper::Error>(service_fn(maps)) });
    let public = SocketAddr::from_str("0.0.0.0:8083").unwrap();
    let local = SocketAddr::from_str("127.0.0.1:8084").unwrap();
    tokio::spawn(Server::bind(&local).serve(service));
    Server::bind(&public).serve(service).await // expect: MTLS302
}
