use actix_web::{post, App, HttpServer};
use tls::options::Callers;

#[post("/jobs")]
async fn jobs(body: String) -> String {
    body
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let config = tls::server(Callers { certificates: false })?;
    HttpServer::new(|| App::new().service(jobs)).bind_rustls_0_23("0.0.0.0:8444", config)?.run().await?;
    Ok(())
}
