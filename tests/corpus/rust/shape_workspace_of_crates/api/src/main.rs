use actix_web::{get, App, HttpServer};
use depot_tls::options::Callers;

#[get("/buses")]
async fn buses() -> &'static str {
    "[]"
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let tls = depot_tls::server(Callers { certificates: true })?;
    HttpServer::new(|| App::new().service(buses)).bind_rustls_0_23("0.0.0.0:8443", tls)?.run().await?;
    Ok(())
}
