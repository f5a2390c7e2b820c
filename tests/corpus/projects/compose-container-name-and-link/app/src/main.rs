use actix_web::{web, App, HttpResponse, HttpServer};

fn routes(config: &mut web::ServiceConfig) {
    config.route("/", web::get().to(HttpResponse::Ok));
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::net::SocketAddr::from(([0, 0, 0, 0], 8080));
    HttpServer::new(|| App::new().configure(routes))
        .bind(address)? // expect: MTLS303
        .run()
        .await
}
