use actix_web::{get, App, HttpResponse, HttpServer, Responder};

#[get("/reports")]
async fn reports() -> impl Responder {
    HttpResponse::Ok().json(Vec::<String>::new())
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(reports))
        .bind(("0.0.0.0", 8080))? // expect: MTLS303, MTLS105
        .workers(4)
        .run()
        .await
}
