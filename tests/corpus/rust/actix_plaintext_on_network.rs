//! Feature-flag service.

use std::collections::BTreeMap;
use std::sync::RwLock;

use actix_web::{get, middleware, put, web, App, HttpResponse, HttpServer, Responder};
use serde::Deserialize;

#[derive(Default)]
struct Flags {
    values: RwLock<BTreeMap<String, bool>>,
}

#[derive(Deserialize)]
struct Change {
    enabled: bool,
}

#[get("/flags")]
async fn all(flags: web::Data<Flags>) -> impl Responder {
    web::Json(flags.values.read().unwrap().clone())
}

#[get("/flags/{name}")]
async fn one(flags: web::Data<Flags>, name: web::Path<String>) -> HttpResponse {
    match flags.values.read().unwrap().get(name.as_str()) {
        Some(enabled) => HttpResponse::Ok().json(enabled),
        None => HttpResponse::NotFound().finish(),
    }
}

#[put("/flags/{name}")]
async fn set(
    flags: web::Data<Flags>,
    name: web::Path<String>,
    change: web::Json<Change>,
) -> impl Responder {
    flags.values.write().unwrap().insert(name.into_inner(), change.enabled);
    HttpResponse::NoContent()
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let flags = web::Data::new(Flags::default());
    HttpServer::new(move || {
        App::new()
            .app_data(flags.clone())
            .wrap(middleware::NormalizePath::trim())
            .wrap(middleware::Logger::default())
            .service(web::scope("/v1").service(all).service(one).service(set))
    })
    .workers(4)
    .bind(("0.0.0.0", 8080))? // expect: MTLS302
    .run()
    .await
}
