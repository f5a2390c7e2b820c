//! A kit for gateways: listeners are collected, and built when the gateway starts.

mod tls;

use std::sync::Arc;

pub use tls::{Acceptor, TlsSettings};

pub struct Endpoint {
    address: String,
    tls: Option<TlsSettings>,
}

impl Endpoint {
    pub fn tcp(address: impl Into<String>) -> Self {
        Self { address: address.into(), tls: None }
    }

    pub fn tls(mut self, settings: TlsSettings) -> Self {
        self.tls = Some(settings);
        self
    }
}

struct Pending {
    address: String,
    tls: Option<TlsSettings>,
}

impl Pending {
    fn build(&mut self) -> (String, Option<Arc<Acceptor>>) {
        let acceptor = self.tls.take().map(|tls| Arc::new(tls.build()));
        (self.address.clone(), acceptor)
    }
}

#[derive(Default)]
pub struct Endpoints {
    pending: Vec<Pending>,
}

impl Endpoints {
    pub fn new() -> Self {
        Endpoints { pending: vec![] }
    }

    /// The short way: a certificate, a key, and the preset as it is.
    pub fn add_tls(&mut self, address: &str, cert: &str, key: &str) -> Result<(), openssl::error::ErrorStack> {
        self.add(Endpoint::tcp(address).tls(TlsSettings::from_files(cert, key)?));
        Ok(())
    }

    pub fn add(&mut self, endpoint: Endpoint) {
        let Endpoint { address, tls } = endpoint;
        self.pending.push(Pending { address, tls });
    }

    pub fn start(mut self) -> Vec<(String, Option<Arc<Acceptor>>)> {
        self.pending.iter_mut().map(|one| one.build()).collect()
    }
}
