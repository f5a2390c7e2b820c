// Depot: badge readers have certificates, the old terminals don't.
use axum::{routing::post, Router};
use axum_server::tls_openssl::OpenSSLConfig;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};

fn config() -> Result<OpenSSLConfig, openssl::error::ErrorStack> {
    let mut tls = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    tls.set_ca_file("/opt/depot/readers.pem")?;
    tls.set_certificate_chain_file("/opt/depot/depot.pem")?;
    tls.set_private_key_file("/opt/depot/depot.key", SslFiletype::PEM)?;
    tls.set_verify(SslVerifyMode::PEER); // expect: MTLS101
    tls.try_into()
}

#[tokio::main]
async fn main() {
    let app = Router::new().route("/badge", post(|body: String| async move { body }));
    let addr = std::net::SocketAddr::from(([0, 0, 0, 0], 4433));
    axum_server::bind_openssl(addr, config().unwrap())
        .serve(app.into_make_service())
        .await
        .unwrap();
}
