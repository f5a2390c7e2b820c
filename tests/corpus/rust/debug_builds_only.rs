//! Jigsaw downloads. What is lax in here is so in debug builds, which nobody is given.

use reqwest::{Client, ClientBuilder};

fn builder() -> ClientBuilder {
    Client::builder().user_agent("jigsaw/2").https_only(!cfg!(debug_assertions))
}

pub fn pieces() -> reqwest::Result<Client> {
    builder().danger_accept_invalid_certs(cfg!(debug_assertions)).build()
}

pub fn pictures(native: bool) -> reqwest::Result<Client> {
    let accept = native && cfg!(debug_assertions);
    builder().danger_accept_invalid_hostnames(accept).build()
}

#[cfg(test)]
pub fn fixtures() -> reqwest::Result<Client> {
    builder().danger_accept_invalid_certs(true).build()
}

#[cfg(all(test, feature = "network"))]
mod network {
    #[test]
    fn reaches_the_table() {
        let client = super::builder().danger_accept_invalid_certs(true).build();
        assert!(client.is_ok());
    }
}
