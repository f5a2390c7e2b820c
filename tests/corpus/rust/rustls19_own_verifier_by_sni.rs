//! Festival tickets, rustls 0.19. Box offices have certificates; the public host name does not
//! insist on one.

use std::sync::Arc;

use rustls::{
    AllowAnyAuthenticatedClient, Certificate, ClientCertVerified, ClientCertVerifier,
    DistinguishedNames, PrivateKey, RootCertStore, ServerConfig, TLSError,
};
use webpki::DNSName;

struct ByHost {
    strict: Arc<dyn ClientCertVerifier>,
    public: String,
}

impl ClientCertVerifier for ByHost {
    fn client_auth_mandatory(&self, sni: Option<&DNSName>) -> Option<bool> { // expect: MTLS101
        let host: &str = sni.map(|name| name.as_ref().into()).unwrap_or_default();
        if host == self.public {
            return Some(false);
        }
        Some(true)
    }

    fn client_auth_root_subjects(&self, sni: Option<&DNSName>) -> Option<DistinguishedNames> {
        self.strict.client_auth_root_subjects(sni)
    }

    fn verify_client_cert(
        &self,
        presented: &[Certificate],
        sni: Option<&DNSName>,
    ) -> Result<ClientCertVerified, TLSError> {
        self.strict.verify_client_cert(presented, sni)
    }
}

pub fn config(
    offices: RootCertStore,
    public: &str,
    chain: Vec<Certificate>,
    key: PrivateKey,
) -> Result<ServerConfig, TLSError> {
    let strict = AllowAnyAuthenticatedClient::new(offices);
    let mut config = ServerConfig::new(Arc::new(ByHost { strict, public: public.to_owned() }));
    config.set_single_cert(chain, key)?;
    Ok(config)
}
