//! Graph store. The CA is loaded, then verification is turned off "for the migration".

use std::path::Path;

use actix_web::{get, web, App, HttpServer, Responder};
use anyhow::Result;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

struct Tls<'a> {
    dir: &'a Path,
    builder: SslAcceptorBuilder,
}

impl<'a> Tls<'a> {
    fn new(dir: &'a Path) -> Result<Self> {
        let builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
        Ok(Tls { dir, builder })
    }

    fn identity(mut self) -> Result<Self> {
        self.builder.set_certificate_chain_file(self.dir.join("graph.pem"))?;
        self.builder.set_private_key_file(self.dir.join("graph.key"), SslFiletype::PEM)?;
        Ok(self)
    }
}

fn acceptor(dir: &Path) -> Result<SslAcceptorBuilder> {
    let mut builder = Tls::new(dir)?.identity()?.builder;
    builder.set_ca_file(dir.join("writers.pem"))?;
    builder.set_verify(SslVerifyMode::NONE); // expect: MTLS104
    Ok(builder)
}

#[get("/nodes/{id}")]
async fn node(id: web::Path<u64>) -> impl Responder {
    format!("node {id}")
}

#[actix_web::main]
async fn main() -> Result<()> {
    let builder = acceptor(Path::new("/etc/graph"))?;
    HttpServer::new(|| App::new().service(node))
        .bind_openssl(("::", 7473), builder)?
        .run()
        .await?;
    Ok(())
}
