//! Mushroom identifier: constants and a `!` before them.

use reqwest::Client;

const VERIFY: bool = false;
const STRICT: bool = true;

pub fn photographs() -> reqwest::Result<Client> {
    Client::builder().danger_accept_invalid_certs(!VERIFY).build() // expect: MTLS401
}

pub fn names() -> reqwest::Result<Client> {
    Client::builder().danger_accept_invalid_certs(!STRICT).build()
}

pub fn both() -> reqwest::Result<Client> {
    let builder = Client::builder().use_native_tls();
    builder.danger_accept_invalid_hostnames(STRICT && !VERIFY).build() // expect: MTLS402
}
