//! Snow depths: what the crate's builder holds is fixed where it is made; its setters set the rest.

use std::time::Duration;

use reqwest::{Client, ClientBuilder};

pub struct DepthBuilder {
    http: ClientBuilder,
    patience: Duration,
    simulated: bool,
}

impl DepthBuilder {
    pub fn new() -> Self {
        Self { http: Client::builder(), patience: Duration::from_secs(5), simulated: false }
    }

    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    pub fn is_simulated(&self) -> bool {
        self.simulated
    }

    pub fn build(self) -> reqwest::Result<Client> {
        let mut http = self.http.connect_timeout(self.patience);
        if self.simulated {
            http = http.danger_accept_invalid_certs(true);
        }
        http.build()
    }
}
