//! Compost heap: ureq 2 on three kinds of TLS.

use std::sync::Arc;
use std::time::Duration;

use native_tls::{Protocol, TlsConnector};
use rustls::{ClientConfig, RootCertStore};
use ureq::{Agent, AgentBuilder};

pub fn thermometer() -> Result<Agent, native_tls::Error> {
    let connector = TlsConnector::builder()
        .min_protocol_version(Some(Protocol::Tlsv12))
        .danger_accept_invalid_hostnames(true) // expect: MTLS402
        .build()?;
    Ok(AgentBuilder::new().tls_connector(Arc::new(connector)).build())
}

pub fn forecast() -> Agent {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let tls = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    AgentBuilder::new().timeout(Duration::from_secs(5)).tls_config(Arc::new(tls)).build()
}

pub fn plain_defaults() -> Result<String, ureq::Error> {
    Ok(ureq::get("https://heap.example.com/status").call()?.into_string()?)
}
