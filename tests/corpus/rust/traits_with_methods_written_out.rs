//! Weather stations: what a trait has written out holds for the types that don't differ.

use std::sync::Arc;

use reqwest::{Client, ClientBuilder};

pub trait Station {
    fn address(&self) -> String;

    /// Stations in the field have certificates that nobody signed.
    fn client(&self) -> reqwest::Result<Client> {
        Client::builder()
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

pub struct Buoy;

impl Station for Buoy {
    fn address(&self) -> String {
        "https://buoy.example.com".to_string()
    }
}

pub trait Archive {
    fn lenient(&self) -> bool {
        true
    }

    fn harden(&self, builder: ClientBuilder) -> ClientBuilder {
        builder.https_only(true)
    }
}

pub struct Almanac;

impl Archive for Almanac {
    fn lenient(&self) -> bool {
        false
    }
}

/// Of an archive nobody knows which one it is.
pub fn read(archive: Arc<dyn Archive>) -> reqwest::Result<Client> {
    Client::builder().danger_accept_invalid_certs(archive.lenient()).build()
}

pub fn almanac() -> reqwest::Result<Client> {
    let almanac = Almanac;
    let builder = almanac.harden(Client::builder());
    builder.danger_accept_invalid_certs(almanac.lenient()).build()
}
