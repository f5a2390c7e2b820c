//! What the archive serves.

use actix_web::web::{self, Bytes, Path, ServiceConfig};
use actix_web::{get, post, HttpResponse};

#[get("/documents/{id}")]
async fn document(id: Path<u64>) -> HttpResponse {
    match std::fs::read(format!("/srv/archive/{id}.pdf")) {
        Ok(body) => HttpResponse::Ok().content_type("application/pdf").body(body),
        Err(_) => HttpResponse::NotFound().finish(),
    }
}

#[post("/documents/{id}")]
async fn scan(id: Path<u64>, body: Bytes) -> HttpResponse {
    if !body.starts_with(b"%PDF-") {
        return HttpResponse::UnsupportedMediaType().finish();
    }
    match std::fs::write(format!("/srv/archive/{id}.pdf"), body) {
        Ok(()) => HttpResponse::Created().finish(),
        Err(_) => HttpResponse::InsufficientStorage().finish(),
    }
}

pub fn all(config: &mut ServiceConfig) {
    config.service(web::scope("/v1").service(document).service(scan));
}
