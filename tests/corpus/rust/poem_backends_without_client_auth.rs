//! Aquarium webcams: poem's three TLS listeners, and what each of them lacks.

use std::time::Duration;

use poem::listener::{
    Listener, NativeTlsConfig, OpensslTlsConfig, RustlsCertificate, RustlsConfig, TcpListener,
};
use poem::{get, handler, EndpointExt, Route, Server};

#[handler]
fn frame() -> Vec<u8> {
    vec![0xff, 0xd8]
}

fn app() -> impl poem::Endpoint {
    Route::new().at("/frame.jpg", get(frame)).around(|next, request| async move {
        tokio::time::timeout(Duration::from_secs(2), next.call(request))
            .await
            .unwrap_or_else(|_| Err(poem::http::StatusCode::GATEWAY_TIMEOUT.into()))
    })
}

async fn by_rustls() -> std::io::Result<()> {
    let own = RustlsCertificate::new()
        .cert(std::fs::read("cam.pem")?)
        .key(std::fs::read("cam.key")?);
    let config = RustlsConfig::new().fallback(own); // expect: MTLS103
    Server::new(TcpListener::bind("0.0.0.0:8441").rustls(config)).run(app()).await
}

async fn by_native_tls() -> std::io::Result<()> {
    let config = NativeTlsConfig::new() // expect: MTLS103 MTLS201
        .pkcs12(std::fs::read("cam.p12")?)
        .password(std::env::var("CAM_PASSWORD").unwrap_or_default());
    Server::new(TcpListener::bind("0.0.0.0:8442").native_tls(config)).run(app()).await
}

async fn by_openssl() -> std::io::Result<()> {
    // expect: MTLS103 MTLS201
    let config = OpensslTlsConfig::new()
        .cert_from_file("cam.pem")
        .key_from_file("cam.key");
    Server::new(TcpListener::bind("0.0.0.0:8443").openssl_tls(config)).run(app()).await
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tokio::try_join!(by_rustls(), by_native_tls(), by_openssl())?;
    Ok(())
}
