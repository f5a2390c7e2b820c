//! Bread subscription: switches that are thrown in a roundabout way.

use std::time::Duration;

use reqwest::Client;

pub fn yeast(lab: bool) -> reqwest::Result<Client> {
    let builder = Client::builder().timeout(Duration::from_secs(2));
    let builder = match lab {
        true => builder.danger_accept_invalid_certs(true), // expect: MTLS401
        false => builder,
    };
    builder.build()
}

pub fn butter() -> reqwest::Result<Client> {
    let mut builder = Client::builder().use_native_tls();
    if std::env::var("BUTTER_ANY_NAME").is_ok() {
        builder = builder.danger_accept_invalid_hostnames(true); // expect: MTLS402
    }
    builder.build()
}

pub fn salt(verify: bool) -> reqwest::Result<Client> {
    Client::builder().danger_accept_invalid_certs(!verify).build()
}
