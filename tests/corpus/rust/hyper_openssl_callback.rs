//! Registry client on hyper-openssl: helper for the builder, callback for each connection.

use std::net::IpAddr;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper_openssl::client::legacy::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use openssl::error::ErrorStack;
use openssl::ssl::{SslConnector, SslConnectorBuilder, SslMethod, SslVerifyMode};
use openssl::x509::X509;

pub struct Registry {
    lenient: bool,
    known_as: Option<String>,
    roots: Vec<X509>,
}

impl Registry {
    fn builder(&self) -> Result<SslConnectorBuilder, ErrorStack> {
        let mut builder = SslConnector::builder(SslMethod::tls_client())?; // expect: MTLS201
        for root in &self.roots {
            builder.cert_store_mut().add_cert(root.clone())?;
        }
        Ok(builder)
    }

    pub fn client(&self) -> Result<Client<HttpsConnector<HttpConnector>, Full<Bytes>>, ErrorStack> {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        let mut https = HttpsConnector::with_connector(http, self.builder()?)?;
        let (lenient, known_as) = (self.lenient, self.known_as.clone());
        if lenient || known_as.is_some() {
            https.set_callback(move |ssl, _uri| {
                if lenient {
                    ssl.set_verify(SslVerifyMode::NONE); // expect: MTLS401
                }
                if let Some(name) = &known_as {
                    // The name of the URI must not come back afterwards: ours is checked instead.
                    ssl.set_use_server_name_indication(false);
                    ssl.set_verify_hostname(false);
                    match name.parse::<IpAddr>() {
                        Ok(address) => ssl.param_mut().set_ip(address)?,
                        Err(_) => {
                            ssl.set_hostname(name)?;
                            ssl.param_mut().set_host(name)?;
                        }
                    }
                }
                Ok(())
            });
        }
        Ok(Client::builder(TokioExecutor::new()).build(https))
    }
}
