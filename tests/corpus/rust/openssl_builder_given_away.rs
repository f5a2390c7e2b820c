//! Web hooks: the OpenSSL builder is made here and finished by the connector it is given to.

use std::sync::Arc;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use ipnet::IpNet;
use openssl::ssl::{SslConnector, SslConnectorBuilder, SslMethod, SslVerifyMode};

use crate::connector::HookConnector;

#[derive(Clone)]
pub struct Hooks {
    client: Client<HookConnector, Full<Bytes>>,
    allowed: Arc<Vec<IpNet>>,
}

fn ssl_builder(unverified: bool) -> SslConnectorBuilder {
    let mut ssl = SslConnector::builder(SslMethod::tls()).expect("SslConnector build failed");
    if unverified {
        ssl.set_verify(SslVerifyMode::NONE); // expect: MTLS401
    }
    ssl
}

impl Hooks {
    pub fn new(allowed: Option<Arc<Vec<IpNet>>>, dangerous_unverified: bool) -> Self {
        let allowed = allowed.unwrap_or_default();
        let ssl = ssl_builder(dangerous_unverified);
        let https = HookConnector::with_tls(allowed.clone(), ssl);
        Hooks { client: Client::builder(TokioExecutor::new()).build(https), allowed }
    }

    pub fn allows(&self, net: &IpNet) -> bool {
        self.allowed.contains(net)
    }
}
