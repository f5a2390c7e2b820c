//! Document archive. The scanner in the basement speaks no TLS.

mod routes;
mod tls;

use actix_web::{App, HttpServer};

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let config = tls::config("/etc/archive")?;
    let server = HttpServer::new(|| App::new().configure(routes::all));
    let server = server.bind_rustls_0_23(("0.0.0.0", 8443), config)?;
    let server = server.bind(("0.0.0.0", 8080))?; // expect: MTLS105 MTLS302
    server.workers(2).run().await?;
    Ok(())
}
