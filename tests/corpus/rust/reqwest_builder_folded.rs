//! Flour mill: the builder goes through an iterator, once for every root.

use reqwest::{Certificate, Client, ClientBuilder};

fn roots(certs: &[Certificate]) -> ClientBuilder {
    certs.iter().cloned().fold(Client::builder(), ClientBuilder::add_root_certificate)
}

pub fn flour(certs: &[Certificate]) -> reqwest::Result<Client> {
    roots(certs).danger_accept_invalid_certs(true).build() // expect: MTLS401
}

pub fn bran(certs: Vec<Certificate>) -> reqwest::Result<Client> {
    certs
        .into_iter()
        .fold(ClientBuilder::new(), |builder, cert| builder.add_root_certificate(cert))
        .use_native_tls()
        .danger_accept_invalid_hostnames(true) // expect: MTLS402
        .build()
}
