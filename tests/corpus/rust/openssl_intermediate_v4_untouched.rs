//! Photo upload, straight from a tutorial.

use std::path::PathBuf;

use actix_web::web::{Bytes, Data, Path};
use actix_web::{post, App, HttpResponse, HttpServer};
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};

struct Album {
    dir: PathBuf,
    limit: usize,
}

#[post("/photos/{name}")]
async fn upload(album: Data<Album>, name: Path<String>, body: Bytes) -> HttpResponse {
    if body.len() > album.limit {
        return HttpResponse::PayloadTooLarge().finish();
    }
    if !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return HttpResponse::BadRequest().finish();
    }
    match tokio::fs::write(album.dir.join(name.as_str()).with_extension("jpg"), body).await {
        Ok(()) => HttpResponse::Created().finish(),
        Err(error) => {
            tracing::error!(%error, "write");
            HttpResponse::InternalServerError().finish()
        }
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let album = Data::new(Album { dir: "/srv/photos".into(), limit: 8 << 20 });

    // openssl req -x509 -newkey rsa:4096 -nodes -keyout key.pem -out cert.pem -days 365
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls()).unwrap(); // expect: MTLS103 MTLS201
    builder.set_private_key_file("key.pem", SslFiletype::PEM).unwrap();
    builder.set_certificate_chain_file("cert.pem").unwrap();

    HttpServer::new(move || App::new().app_data(album.clone()).service(upload))
        .bind_openssl("0.0.0.0:8443", builder)?
        .run()
        .await
}
