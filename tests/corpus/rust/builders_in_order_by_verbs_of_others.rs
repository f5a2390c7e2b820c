//! Seed bank: extensions of a builder that tighten it or leave it as it is.

use reqwest::{Client, ClientBuilder};
use tap::Pipe;

trait Hardened: Sized {
    fn hardened(self) -> Self;

    fn hardened_if(self, wanted: bool) -> Self {
        if wanted {
            self.hardened()
        } else {
            self
        }
    }
}

impl Hardened for ClientBuilder {
    fn hardened(self) -> Self {
        self.https_only(true).danger_accept_invalid_certs(false)
    }
}

pub fn vault(remote: bool) -> reqwest::Result<Client> {
    Client::builder().hardened_if(remote).build()
}

pub fn counter(compact: bool) -> reqwest::Result<Client> {
    Client::builder()
        .pipe(|builder| if compact { builder.gzip(true) } else { builder })
        .hardened()
        .build()
}
