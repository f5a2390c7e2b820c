//! Prescriptions. The ingress checks smart cards and says who it is; the pod listens to anyone.

use std::sync::Mutex;

use actix_web::{get, post, web, App, HttpRequest, HttpResponse, HttpServer};
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
struct Prescription {
    patient: String,
    drug: String,
}

#[derive(Default)]
struct Book(Mutex<Vec<(String, Prescription)>>);

fn doctor(request: &HttpRequest) -> Option<String> {
    let verify = request.headers().get("X-SSL-Client-Verify")?; // expect: MTLS502
    if verify != "SUCCESS" {
        return None;
    }
    let subject = request.headers().get("X-SSL-Client-S-DN")?; // expect: MTLS502
    subject.to_str().ok().map(str::to_owned)
}

#[get("/prescriptions")]
async fn list(request: HttpRequest, book: web::Data<Book>) -> HttpResponse {
    let Some(doctor) = doctor(&request) else { return HttpResponse::Forbidden().finish() };
    let book = book.0.lock().unwrap();
    let own: Vec<_> = book.iter().filter(|(by, _)| *by == doctor).map(|(_, p)| p.clone()).collect();
    HttpResponse::Ok().json(own)
}

#[post("/prescriptions")]
async fn write(
    request: HttpRequest,
    book: web::Data<Book>,
    prescription: web::Json<Prescription>,
) -> HttpResponse {
    let Some(doctor) = doctor(&request) else { return HttpResponse::Forbidden().finish() };
    tracing::info!(doctor, drug = prescription.drug, "prescribed");
    book.0.lock().unwrap().push((doctor, prescription.into_inner()));
    HttpResponse::Created().finish()
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let book = web::Data::<Book>::default();
    HttpServer::new(move || App::new().app_data(book.clone()).service(list).service(write))
        .bind(("0.0.0.0", 8080))? // expect: MTLS302
        .run()
        .await
}
