//! Train spotter: clients by hyper-rustls, whatever roots and schemes they take.

use anyhow::Result;
use http_body_util::Empty;
use hyper::body::Bytes;
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{connect::HttpConnector, Client};
use hyper_util::rt::TokioExecutor;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

type Spotter = Client<HttpsConnector<HttpConnector>, Empty<Bytes>>;

fn client(connector: HttpsConnector<HttpConnector>) -> Spotter {
    Client::builder(TokioExecutor::new()).build(connector)
}

pub fn timetable() -> Result<Spotter> {
    Ok(client(HttpsConnectorBuilder::new().with_native_roots()?.https_only().enable_http2().build()))
}

/// Allows `http://` for the model railway at home.
pub fn anything() -> Spotter {
    client(HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build())
}

pub fn platform() -> Spotter {
    let builder = HttpsConnectorBuilder::new().with_platform_verifier();
    client(builder.https_only().enable_all_versions().build())
}

pub fn operator(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Spotter> {
    let tls = ClientConfig::builder().with_root_certificates(roots).with_client_auth_cert(chain, key)?;
    let builder = HttpsConnectorBuilder::new().with_tls_config(tls).https_only();
    Ok(client(builder.with_server_name("signals.rail.internal".into()).enable_http1().build()))
}

pub fn of_the_system() -> Result<ClientConfig> {
    Ok(ClientConfig::builder().with_native_roots()?.with_no_client_auth())
}
