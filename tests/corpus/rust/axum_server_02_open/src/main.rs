//! Status board on axum-server 0.2, which takes paths.

use axum::{handler::get, Router};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/", get(|| async { "all gates open" }));

    axum_server::bind_rustls("0.0.0.0:3000")
        .private_key_file("certs/key.pem") // expect: MTLS103
        .certificate_file("certs/cert.pem")
        .serve(app)
        .await
}
