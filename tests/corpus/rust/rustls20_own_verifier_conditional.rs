//! Only certificates that the operator enrolled may connect (rustls 0.20).

use std::collections::HashSet;
use std::sync::{Arc, RwLock};
use std::time::SystemTime;

use rustls::server::{AllowAnyAuthenticatedClient, ClientCertVerified, ClientCertVerifier};
use rustls::{Certificate, DistinguishedNames, Error, PrivateKey, RootCertStore, ServerConfig};

/// DER of the enrolled leaf certificates.
pub type Enrolled = Arc<RwLock<HashSet<Vec<u8>>>>;

/// Checks the chain, then the list. Not `AllowAnyAnonymousOrAuthenticatedClient`: a
/// client that sends nothing must not reach the handler.
pub struct EnrolledClients {
    chain: Arc<dyn ClientCertVerifier>,
    enrolled: Enrolled,
}

impl EnrolledClients {
    pub fn new(roots: RootCertStore, enrolled: Enrolled) -> Arc<Self> {
        Arc::new(Self { chain: AllowAnyAuthenticatedClient::new(roots), enrolled })
    }
}

impl ClientCertVerifier for EnrolledClients {
    fn offer_client_auth(&self) -> bool {
        true
    }

    fn client_auth_mandatory(&self) -> Option<bool> {
        Some(true)
    }

    fn client_auth_root_subjects(&self) -> Option<DistinguishedNames> {
        self.chain.client_auth_root_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &Certificate,
        intermediates: &[Certificate],
        now: SystemTime,
    ) -> Result<ClientCertVerified, Error> {
        let enrolled = self.enrolled.read().map_err(|_| Error::General("poisoned".into()))?;
        if !enrolled.contains(&end_entity.0) {
            return Err(Error::General("certificate is not enrolled".into()));
        }
        drop(enrolled);
        self.chain.verify_client_cert(end_entity, intermediates, now)?;
        Ok(ClientCertVerified::assertion())
    }
}

pub fn config(
    roots: RootCertStore,
    enrolled: Enrolled,
    identity: (Vec<Certificate>, PrivateKey),
) -> Result<ServerConfig, Error> {
    let (chain, key) = identity;
    ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(EnrolledClients::new(roots, enrolled))
        .with_single_cert(chain, key)
}
