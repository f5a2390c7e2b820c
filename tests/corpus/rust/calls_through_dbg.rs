//! Sundew terrarium: `dbg!` gives back what it is given.

use reqwest::Client;

pub fn camera() -> reqwest::Result<Client> {
    let builder = dbg!(Client::builder().use_native_tls().danger_accept_invalid_hostnames(true)); // expect: MTLS402
    builder.build()
}

pub fn sprinkler() -> reqwest::Result<Client> {
    let builder = Client::builder().https_only(true);
    dbg!(builder).danger_accept_invalid_certs(true).build() // expect: MTLS401
}
