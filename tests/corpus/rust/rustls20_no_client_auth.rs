//! Static file host on Actix with rustls 0.20.

use std::{fs::File, io::BufReader, path::PathBuf};

use actix_web::{get, middleware::Logger, web, App, HttpRequest, HttpResponse, HttpServer};
use anyhow::Context;
use rustls::{Certificate, PrivateKey, ServerConfig};
use rustls_pemfile::{certs, pkcs8_private_keys};

struct Root(PathBuf);

#[get("/{path:.*}")]
async fn file(root: web::Data<Root>, request: HttpRequest) -> HttpResponse {
    let path = request.match_info().query("path");
    if path.split('/').any(|part| part == "..") {
        return HttpResponse::BadRequest().finish();
    }
    match tokio::fs::read(root.0.join(path)).await {
        Ok(body) => HttpResponse::Ok().body(body),
        Err(_) => HttpResponse::NotFound().finish(),
    }
}

fn load_rustls_config() -> anyhow::Result<ServerConfig> {
    let config = ServerConfig::builder()
        .with_safe_defaults()
        .with_no_client_auth(); // expect: MTLS103

    let cert_file = &mut BufReader::new(File::open("cert.pem").context("cert.pem")?);
    let key_file = &mut BufReader::new(File::open("key.pem").context("key.pem")?);

    let cert_chain = certs(cert_file)?.into_iter().map(Certificate).collect();
    let mut keys: Vec<PrivateKey> =
        pkcs8_private_keys(key_file)?.into_iter().map(PrivateKey).collect();
    if keys.is_empty() {
        anyhow::bail!("no PKCS 8 key in key.pem");
    }

    Ok(config.with_single_cert(cert_chain, keys.remove(0))?)
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let config = load_rustls_config()?;
    let root = web::Data::new(Root("/srv/files".into()));
    HttpServer::new(move || {
        App::new().app_data(root.clone()).wrap(Logger::default()).service(file)
    })
    .workers(2)
    .bind_rustls("0.0.0.0:443", config)?
    .run()
    .await?;
    Ok(())
}
