//! Chain by webpki, then the organisational unit by hand, then a metric.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore,
    SignatureScheme,
};
use x509_parser::prelude::{FromDer, X509Certificate};

/// Accepts what `inner` accepts, of one organisational unit.
#[derive(Debug)]
pub struct UnitVerifier {
    inner: Arc<dyn ClientCertVerifier>,
    unit: String,
    accepted: AtomicU64,
}

impl UnitVerifier {
    pub fn new(roots: RootCertStore, unit: &str) -> Result<Arc<Self>, VerifierBuilderError> {
        Ok(Arc::new(Self {
            inner: WebPkiClientVerifier::builder(Arc::new(roots)).build()?,
            unit: unit.to_owned(),
            accepted: AtomicU64::new(0),
        }))
    }

    pub fn accepted(&self) -> u64 {
        self.accepted.load(Ordering::Relaxed)
    }

    fn belongs(&self, cert: &CertificateDer<'_>) -> bool {
        let Ok((_, parsed)) = X509Certificate::from_der(cert.as_ref()) else {
            return false;
        };
        let units = parsed.subject().iter_organizational_unit();
        let mut names = units.filter_map(|unit| unit.as_str().ok());
        names.any(|name| name == self.unit)
    }
}

impl ClientCertVerifier for UnitVerifier {
    fn offer_client_auth(&self) -> bool {
        self.inner.offer_client_auth()
    }

    fn client_auth_mandatory(&self) -> bool {
        self.inner.client_auth_mandatory()
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.inner.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let _chain = self.inner.verify_client_cert(end_entity, intermediates, now)?;
        if !self.belongs(end_entity) {
            return Err(CertificateError::ApplicationVerificationFailure.into());
        }
        self.accepted.fetch_add(1, Ordering::Relaxed);
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
