use actix_web::{web, App, HttpServer};

async fn items() -> &'static str {
    "[]"
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let server = HttpServer::new(|| App::new().route("/items", web::get().to(items)));
    server.bind("0.0.0.0:9000")?.run().await // expect: MTLS303
}
