//! Checks hand over a listener of their own, main those of the settings.

use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::{web, App, HttpResponse, HttpServer};

async fn sheets() -> HttpResponse {
    HttpResponse::Ok().json(["A3", "A2"])
}

pub fn press(listener: TcpListener) -> std::io::Result<Server> {
    let server = HttpServer::new(|| App::new().route("/sheets", web::get().to(sheets)))
        .listen(listener)?
        .run();
    Ok(server)
}

pub fn proofs(listener: TcpListener) -> std::io::Result<Server> {
    let server = HttpServer::new(|| App::new().route("/proofs", web::get().to(sheets)))
        .listen(listener)? // expect: MTLS302
        .run();
    Ok(server)
}
