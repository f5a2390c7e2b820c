extern crate hyper;
extern crate hyper_openssl;
extern crate openssl;

use self::hyper::client::HttpConnector;
use self::openssl::error::ErrorStack;
use self::openssl::ssl::{SslConnector, SslMethod, SslVersion};

/// A name for what is written often.
pub type HttpsConnector = hyper_openssl::HttpsConnector<HttpConnector>;

pub fn connector(ca: &str) -> Result<[HttpsConnector; 2], ErrorStack> {
    let mut open_ended = SslConnector::builder(SslMethod::tls_client())?; // expect: MTLS201
    open_ended.set_ca_file(ca)?;
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_ca_file(ca)?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    Ok([
        HttpsConnector::with_connector(HttpConnector::new(), open_ended)?,
        HttpsConnector::with_connector(HttpConnector::new(), builder)?,
    ])
}
