//! actix-tls's own acceptor service as a middleware, which it is not.

use actix_tls::accept::rustls_0_23::Acceptor;
use actix_web::{get, App, HttpServer, Responder};
use rustls::ServerConfig;

#[get("/tides")]
async fn tides() -> impl Responder {
    "high 04:12, low 10:31"
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let config: ServerConfig = harbour_pki::server_config("tides");
    HttpServer::new(move || {
        let tls = Acceptor::new(config.clone());
        App::new().wrap(tls).service(tides) // expect: MTLS901
    })
    .bind("127.0.0.1:8080")?
    .run()
    .await
}
