//! Answers whoever asks whether all is well.

use std::convert::Infallible;
use std::net::SocketAddr;

use common::{Listener, TcpServer};
use hyper::server::conn::Http;
use hyper::service::service_fn;
use hyper::{Body, Request, Response};

async fn well(_: Request<Body>) -> Result<Response<Body>, Infallible> {
    Ok(Response::new(Body::from("all is well")))
}

async fn watch() -> std::io::Result<()> {
    let mut server = TcpServer::bind(SocketAddr::from(([0, 0, 0, 0], 3032))).await?;
    loop {
        let stream = server.accept().await?;
        let served = Http::new()
            .http1_only(true)
            .serve_connection(stream, service_fn(well)) // expect: MTLS302
            .await;
        if let Err(error) = served {
            eprintln!("probe: {error}");
        }
    }
}

async fn inside() -> std::io::Result<()> {
    let mut server = TcpServer::bind("127.0.0.1:3033").await?;
    let stream = server.accept().await?;
    Http::new().serve_connection(stream, service_fn(well)).await.ok();
    Ok(())
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tokio::try_join!(watch(), inside()).map(|_| ())
}
