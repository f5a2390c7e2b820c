//! Wind farm, rustls 0.20. `None` makes rustls abort the handshake: no way in for anyone.

use std::sync::Arc;
use std::time::SystemTime;

use rustls::server::{AllowAnyAuthenticatedClient, ClientCertVerified, ClientCertVerifier};
use rustls::{Certificate, DistinguishedNames, Error, PrivateKey, RootCertStore, ServerConfig};

pub struct Turbines {
    inner: Arc<dyn ClientCertVerifier>,
    storm: std::sync::atomic::AtomicBool,
}

impl ClientCertVerifier for Turbines {
    fn client_auth_mandatory(&self) -> Option<bool> {
        if self.storm.load(std::sync::atomic::Ordering::Relaxed) {
            // Nobody connects in a storm, with a certificate or without.
            None
        } else {
            Some(true)
        }
    }

    fn client_auth_root_subjects(&self) -> Option<DistinguishedNames> {
        self.inner.client_auth_root_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &Certificate,
        intermediates: &[Certificate],
        now: SystemTime,
    ) -> Result<ClientCertVerified, Error> {
        self.inner.verify_client_cert(end_entity, intermediates, now)
    }
}

pub fn park(
    roots: RootCertStore,
    chain: Vec<Certificate>,
    key: PrivateKey,
) -> Result<ServerConfig, Error> {
    let turbines = Turbines { inner: AllowAnyAuthenticatedClient::new(roots), storm: false.into() };
    ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(Arc::new(turbines))
        .with_single_cert(chain, key)
}
