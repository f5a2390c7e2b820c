//! Two listeners of a CDN node; certificates by name on one, stapled on the other.

use std::collections::HashMap;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ServerConfig, SignatureScheme};

#[derive(Debug, Default)]
pub struct ByName {
    keys: HashMap<String, Arc<CertifiedKey>>,
    fallback: Option<Arc<CertifiedKey>>,
}

impl ResolvesServerCert for ByName {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        if !hello.signature_schemes().contains(&SignatureScheme::ECDSA_NISTP256_SHA256) {
            return self.fallback.clone();
        }
        let name = hello.server_name()?;
        self.keys.get(name).cloned().or_else(|| self.fallback.clone())
    }
}

pub fn content(names: ByName) -> ServerConfig {
    let mut config = ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS103
        .with_cert_resolver(Arc::new(names));
    config.alpn_protocols = vec!["h2".into(), "http/1.1".into()];
    config
}

pub fn purge(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    ocsp: Vec<u8>,
) -> Result<ServerConfig, rustls::Error> {
    ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS103
        .with_single_cert_with_ocsp(chain, key, ocsp)
}
