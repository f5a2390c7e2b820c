//! Laundry machines (rustls 0.20): `Some(false)` lets those in that have no certificate.

use std::sync::Arc;
use std::time::SystemTime;

use rustls::server::{
    AllowAnyAuthenticatedClient as Chain, ClientCertVerified as Verified, ClientCertVerifier,
};
use rustls::{Certificate, DistinguishedNames, Error, RootCertStore, ServerConfig};

struct Tokens(Arc<dyn ClientCertVerifier>);

impl ClientCertVerifier for Tokens {
    fn offer_client_auth(&self) -> bool { true }
    fn client_auth_mandatory(&self) -> Option<bool> { Some(false) } // expect: MTLS101
    fn client_auth_root_subjects(&self) -> Option<DistinguishedNames> { self.0.client_auth_root_subjects() }
    fn verify_client_cert(&self, leaf: &Certificate, rest: &[Certificate], now: SystemTime) -> Result<Verified, Error> {
        self.0.verify_client_cert(leaf, rest, now)
    }
}

pub fn machines(roots: RootCertStore, chain: Vec<Certificate>, key: rustls::PrivateKey) -> Result<ServerConfig, Error> {
    let tokens = Arc::new(Tokens(Chain::new(roots)));
    ServerConfig::builder().with_safe_defaults().with_client_cert_verifier(tokens).with_single_cert(chain, key)
}
