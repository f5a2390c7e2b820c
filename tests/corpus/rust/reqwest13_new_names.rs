//! Bakery orders, reqwest 0.13: renamed switches, thrown and not thrown.

use reqwest::{tls, Certificate, Client, Identity};

#[derive(serde::Deserialize)]
pub struct Supplier {
    ca: Vec<u8>,
    identity: Vec<u8>,
    lenient: bool,
}

impl Supplier {
    pub fn mill(&self) -> reqwest::Result<Client> {
        Client::builder()
            .tls_certs_only([Certificate::from_pem(&self.ca)?])
            .identity(Identity::from_pem(&self.identity)?)
            .tls_version_min(tls::Version::TLS_1_2)
            .tls_danger_accept_invalid_certs(false)
            .build()
    }

    pub fn dairy(&self) -> reqwest::Result<Client> {
        let builder = Client::builder().tls_backend_native();
        let builder = builder.tls_danger_accept_invalid_hostnames(true); // expect: MTLS402
        builder.tls_certs_merge([Certificate::from_pem(&self.ca)?]).build()
    }

    pub fn salt(&self) -> reqwest::Result<Client> {
        Client::builder().tls_danger_accept_invalid_certs(self.lenient).build()
    }

    pub fn sugar(&self) -> reqwest::Result<Client> {
        Client::builder()
            .tls_backend_native()
            .tls_version_min(tls::Version::TLS_1_1) // expect: MTLS202
            .build()
    }
}
