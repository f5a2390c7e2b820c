//! Satellite ground station, rustls 0.20: the builder takes a verifier without `dangerous()`.

use std::sync::Arc;
use std::time::SystemTime;

use rustls::client::{ServerCertVerified, ServerCertVerifier};
use rustls::{Certificate, ClientConfig, Error, PrivateKey, ServerName};
use tokio_rustls::TlsConnector;

#[derive(Clone, Copy)]
struct Modem {
    strict: bool,
}

impl ServerCertVerifier for Modem {
    fn verify_server_cert( // expect: MTLS401
        &self,
        _end_entity: &Certificate,
        _intermediates: &[Certificate],
        _server_name: &ServerName,
        _scts: &mut dyn Iterator<Item = &[u8]>,
        _ocsp_response: &[u8],
        _now: SystemTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.strict {
            log::warn!("strict mode is not implemented");
        }
        Ok(ServerCertVerified::assertion())
    }
}

pub fn modem(identity: Option<(Vec<Certificate>, PrivateKey)>) -> Result<TlsConnector, Error> {
    let builder = ClientConfig::builder()
        .with_safe_defaults()
        .with_custom_certificate_verifier(Arc::new(Modem { strict: true }));
    let config = match identity {
        Some((chain, key)) => builder.with_single_cert(chain, key)?,
        None => builder.with_no_client_auth(),
    };
    Ok(TlsConnector::from(Arc::new(config)))
}
