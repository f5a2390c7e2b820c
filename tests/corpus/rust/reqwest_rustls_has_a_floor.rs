//! Weather widget. rustls has nothing below TLS 1.2, whatever reqwest passes on to it.

use reqwest::{tls::Version, Client};

pub fn stations() -> reqwest::Result<Client> {
    Client::builder().use_rustls_tls().min_tls_version(Version::TLS_1_0).build()
}

pub fn radar() -> reqwest::Result<Client> {
    let builder = Client::builder().min_tls_version(Version::TLS_1_1);
    builder.use_rustls_tls().https_only(true).build()
}
