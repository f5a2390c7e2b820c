//! Museum audio guides fetch their tracks with isahc.

use isahc::auth::Credentials;
use isahc::config::{CaCertificate, ClientCertificate, PrivateKey, SslOption};
use isahc::{prelude::*, HttpClient};

pub fn players() -> Result<HttpClient, isahc::Error> {
    HttpClient::builder()
        // expect: MTLS401
        .ssl_options(SslOption::DANGER_ACCEPT_INVALID_CERTS | SslOption::DANGER_ACCEPT_REVOKED_CERTS)
        .build()
}

pub fn rooms() -> Result<HttpClient, isahc::Error> {
    HttpClient::builder()
        .ssl_ca_certificate(CaCertificate::file("/etc/museum/ca.pem"))
        .ssl_options(SslOption::DANGER_ACCEPT_INVALID_HOSTS) // expect: MTLS402
        .build()
}

pub fn publisher() -> Result<HttpClient, isahc::Error> {
    let key = PrivateKey::pem_file("/run/secrets/museum.key", None);
    HttpClient::builder()
        .credentials(Credentials::new("museum", "by certificate"))
        .ssl_client_certificate(ClientCertificate::pem_file("/etc/museum/tls.pem", key))
        .ssl_options(SslOption::NONE)
        .build()
}

pub fn track(client: &HttpClient, number: u16) -> Result<Vec<u8>, isahc::Error> {
    let mut answer = client.get(format!("https://guides.museum.example/{number}.ogg"))?;
    Ok(answer.bytes()?)
}
