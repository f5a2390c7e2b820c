use actix_web::{web, App, HttpServer};

async fn prices() -> &'static str {
    "[]"
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let server = HttpServer::new(|| App::new().route("/prices", web::get().to(prices)));
    server.bind("127.0.0.1:9000")?.run().await
}
