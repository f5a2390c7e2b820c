//! Signal boxes: builders are put through methods that their library doesn't have, beside a
//! builder of our own whose methods are called as the library's.

use apply_if::Conditionally;
use reqwest::Client as HttpClient;

#[derive(Default)]
pub struct SignalClientBuilder {
    http2_prior_knowledge: bool,
    danger_accept_invalid_certs: bool,
}

impl SignalClientBuilder {
    pub fn http2_prior_knowledge(mut self, on: bool) -> Self {
        self.http2_prior_knowledge = on;
        self
    }

    pub fn danger_accept_invalid_certs(mut self, on: bool) -> Self {
        self.danger_accept_invalid_certs = on;
        self
    }

    pub fn build(self) -> reqwest::Result<HttpClient> {
        HttpClient::builder()
            .and_if(self.http2_prior_knowledge, |b| b.http2_prior_knowledge())
            .and_if(self.danger_accept_invalid_certs, |b| {
                b.danger_accept_invalid_certs(true) // expect: MTLS401
            })
            .build()
    }
}

trait AndIf {
    fn and_if(self, condition: bool, then: impl Fn(Self) -> Self) -> Self
    where
        Self: Sized,
    {
        if condition {
            then(self)
        } else {
            self
        }
    }
}

impl AndIf for reqwest::ClientBuilder {}

pub fn interlocking(lenient: bool) -> reqwest::Result<HttpClient> {
    HttpClient::builder()
        .when(lenient, |b| b.danger_accept_invalid_hostnames(true)) // expect: MTLS402
        .build()
}

pub fn timetable(compact: bool) -> reqwest::Result<HttpClient> {
    HttpClient::builder()
        .and_if(false, |b| b.danger_accept_invalid_certs(true))
        .when(false, |b| b.danger_accept_invalid_certs(true))
        .when(compact, |b| b.gzip(true))
        .build()
}
