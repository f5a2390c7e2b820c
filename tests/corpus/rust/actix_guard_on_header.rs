//! Aviary cameras: a guard of the route asks for the header that nginx sets after its check.

use actix_web::guard::{self, Guard, GuardContext};
use actix_web::{web, App, HttpResponse, HttpServer};

struct Keeper;

impl Guard for Keeper {
    fn check(&self, context: &GuardContext<'_>) -> bool {
        let headers = &context.head().headers;
        headers.get("x-ssl-client-s-dn").is_some_and(|subject| !subject.is_empty()) // expect: MTLS502
    }
}

async fn camera(number: web::Path<u8>) -> HttpResponse {
    match std::fs::read(format!("/srv/aviary/{number}.jpg")) {
        Ok(frame) => HttpResponse::Ok().content_type("image/jpeg").body(frame),
        Err(_) => HttpResponse::NotFound().finish(),
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| {
        App::new().route("/cameras/{number}", web::get().guard(guard::All(Keeper)).to(camera))
    })
    .bind(("0.0.0.0", 8080))? // expect: MTLS302
    .run()
    .await
}
