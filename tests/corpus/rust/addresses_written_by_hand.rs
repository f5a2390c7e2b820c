//! Six kiosks that were written by six people.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::{web, App, HttpServer};

fn port() -> u16 {
    std::env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(8080)
}

async fn news() -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "news" })))
        .bind(format!("0.0.0.0:{}", port()))? // expect: MTLS302
        .run()
        .await
}

async fn sweets() -> std::io::Result<()> {
    let address = String::from("0.0.0.0:8081");
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "sweets" })))
        .bind(&address)? // expect: MTLS302
        .run()
        .await
}

async fn stamps() -> std::io::Result<()> {
    let host = "0.0.0.0".to_string();
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "stamps" })))
        .bind((host, port()))? // expect: MTLS302
        .run()
        .await
}

async fn flowers() {
    let app = axum::Router::new().route("/", axum::routing::get(|| async { "flowers" }));
    axum::Server::bind(&"0.0.0.0:8084".parse().unwrap()) // expect: MTLS302
        .serve(app.into_make_service())
        .await
        .unwrap();
}

async fn books() -> std::io::Result<()> {
    let here: IpAddr = Ipv4Addr::new(127, 0, 0, 1).into();
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "books" })))
        .bind((here, port()))?
        .run()
        .await
}

async fn tobacco() -> std::io::Result<()> {
    let listen = std::env::args().nth(1).expect("address");
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "tobacco" })))
        .bind(listen)?
        .run()
        .await
}
