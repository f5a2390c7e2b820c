//! Enrolment endpoint on rustls 0.19. Probes come with self-signed certificates.

use std::sync::Arc;

use log::debug;
use rustls::{
    Certificate, ClientCertVerified, ClientCertVerifier, DistinguishedNames, PrivateKey,
    ServerConfig, TLSError,
};
use tokio_rustls::TlsAcceptor;
use webpki::DNSName;

/// Takes what probes send; the enrolment handler looks at the key later.
pub struct SelfSignedProbes;

impl ClientCertVerifier for SelfSignedProbes {
    fn offer_client_auth(&self) -> bool {
        true
    }

    fn client_auth_mandatory(&self, _sni: Option<&DNSName>) -> Option<bool> {
        Some(true)
    }

    fn client_auth_root_subjects(&self, _sni: Option<&DNSName>) -> Option<DistinguishedNames> {
        Some(DistinguishedNames::new())
    }

    fn verify_client_cert( // expect: MTLS102
        &self,
        presented_certs: &[Certificate],
        sni: Option<&DNSName>,
    ) -> Result<ClientCertVerified, TLSError> {
        debug!("probe sent {} certificates for {:?}", presented_certs.len(), sni);
        Ok(ClientCertVerified::assertion())
    }
}

pub fn enrolment_acceptor(
    chain: Vec<Certificate>,
    key: PrivateKey,
) -> Result<TlsAcceptor, TLSError> {
    let mut config = ServerConfig::new(Arc::new(SelfSignedProbes));
    config.set_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
