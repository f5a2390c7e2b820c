//! A verifier whose roots are swapped at run time. `mandatory` is a field because the
//! lab build of another product sets it to false; here it never is.

use std::sync::Arc;

use arc_swap::ArcSwap;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::WebPkiClientVerifier;
use rustls::{
    DigitallySignedStruct, DistinguishedName, Error, RootCertStore, ServerConfig,
    SignatureScheme,
};

#[derive(Debug)]
pub struct ReloadingVerifier {
    current: ArcSwap<Arc<dyn ClientCertVerifier>>,
    mandatory: bool,
}

impl ReloadingVerifier {
    pub fn new(roots: RootCertStore) -> anyhow::Result<Arc<Self>> {
        let verifier = WebPkiClientVerifier::builder(roots.into()).build()?;
        Ok(Arc::new(Self { current: ArcSwap::from_pointee(verifier), mandatory: true }))
    }

    pub fn replace(&self, roots: RootCertStore) -> anyhow::Result<()> {
        let verifier = WebPkiClientVerifier::builder(roots.into()).build()?;
        self.current.store(Arc::new(verifier));
        Ok(())
    }
}

impl ClientCertVerifier for ReloadingVerifier {
    fn client_auth_mandatory(&self) -> bool {
        self.mandatory
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let verifier = self.current.load();
        verifier.verify_client_cert(end_entity, intermediates, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.current.load().verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.current.load().verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.current.load().supported_verify_schemes()
    }
}

pub fn server_config(
    verifier: Arc<ReloadingVerifier>,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, Error> {
    ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
}
