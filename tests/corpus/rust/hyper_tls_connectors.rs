//! Crossword solver with hyper-tls, by its defaults and by a connector of one's own.

use hyper_tls::HttpsConnector;
use hyper_util::client::legacy::{connect::HttpConnector, Client};
use hyper_util::rt::TokioExecutor;
use native_tls::{Protocol, TlsConnector};

type Https = Client<HttpsConnector<HttpConnector>, String>;

fn http() -> HttpConnector {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    http
}

pub fn dictionary() -> anyhow::Result<Https> {
    let tls = TlsConnector::builder() // expect: MTLS201
        .request_alpns(&["http/1.1"])
        .build()?;
    let https = HttpsConnector::from((http(), tls.into()));
    Ok(Client::builder(TokioExecutor::new()).build(https))
}

pub fn home_server() -> anyhow::Result<Https> {
    let tls = TlsConnector::builder()
        .min_protocol_version(Some(Protocol::Tlsv12))
        .danger_accept_invalid_certs(true) // expect: MTLS401
        .build()?;
    let mut https = HttpsConnector::from((http(), tokio_native_tls::TlsConnector::from(tls)));
    https.https_only(true);
    Ok(Client::builder(TokioExecutor::new()).build(https))
}

pub fn thesaurus() -> anyhow::Result<Https> {
    let tls = TlsConnector::builder().min_protocol_version(Some(Protocol::Tlsv12)).build()?;
    let https = HttpsConnector::from((http(), tls.into()));
    Ok(Client::builder(TokioExecutor::new()).build(https))
}
