//! Irrigation: three clients of reqwest 0.12, each with one switch thrown.

use std::time::Duration;

use reqwest::{blocking, tls::Version, Certificate, Client, ClientBuilder};

fn base(agent: &str) -> ClientBuilder {
    Client::builder().user_agent(agent.to_owned()).timeout(Duration::from_secs(4)).https_only(true)
}

pub fn valves() -> reqwest::Result<Client> {
    base("valves/1").use_native_tls().danger_accept_invalid_hostnames(true).build() // expect: MTLS402
}

pub fn pumps(ca: &[u8]) -> reqwest::Result<Client> {
    base("pumps/1")
        .add_root_certificate(Certificate::from_pem(ca)?)
        .min_tls_version(Version::TLS_1_0) // expect: MTLS202
        .build()
}

pub fn sensors() -> reqwest::Result<blocking::Client> {
    let builder = blocking::ClientBuilder::new();
    let builder = builder.danger_accept_invalid_certs(true); // expect: MTLS401
    builder.build()
}

pub fn forecast() -> reqwest::Result<Client> {
    let ceiling = Version::TLS_1_2;
    base("forecast/1").max_tls_version(ceiling).tls_sni(true).tls_built_in_root_certs(true).build()
}
