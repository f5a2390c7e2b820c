//! Tide gauges: a client's own builder holds another builder, and users of the crate set the rest.

use std::time::Duration;

use reqwest::{Client, ClientBuilder};

pub struct Station {
    http: ClientBuilder,
    interval: Duration,
}

impl Station {
    pub fn named(name: &str) -> Self {
        let http = Client::builder().user_agent(format!("gauges of {name}"));
        Self { http, interval: Duration::from_secs(60) }
    }
}

pub struct GaugeBuilder {
    station: Station,
    any_certificate: bool,
    any_name: bool,
    fixed: bool,
}

impl GaugeBuilder {
    pub fn new(name: &str) -> Self {
        Self {
            station: Station::named(name),
            any_certificate: false,
            any_name: false,
            fixed: false,
        }
    }

    pub fn every(mut self, interval: Duration) -> Self {
        self.station.interval = interval;
        self
    }

    pub fn any_certificate(mut self, yes: bool) -> Self {
        self.any_certificate = yes;
        self
    }

    pub fn any_name(mut self) -> Self {
        self.any_name = true;
        self
    }

    pub fn is_fixed(&self) -> bool {
        self.fixed
    }

    pub fn build(self) -> reqwest::Result<Client> {
        let mut client = self.station.http.timeout(self.station.interval);
        if self.any_certificate {
            client = client.danger_accept_invalid_certs(true); // expect: MTLS401
        }
        if self.any_name {
            client = client.danger_accept_invalid_hostnames(true); // expect: MTLS402
        }
        if self.fixed {
            // Nobody can set it.
            client = client.danger_accept_invalid_certs(true);
        }
        client.build()
    }
}
