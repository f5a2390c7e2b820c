//! Observatory shutters: both arms log, one arm refuses. The assertion is not the only way out.

use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

#[derive(Debug)]
pub struct Shutters {
    chain: Arc<dyn ClientCertVerifier>,
    night: std::sync::atomic::AtomicBool,
}

impl ClientCertVerifier for Shutters {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.chain.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let verdict = self.chain.verify_client_cert(end_entity, intermediates, now);
        if self.night.load(std::sync::atomic::Ordering::Acquire) {
            tracing::info!(ok = verdict.is_ok(), "night");
            verdict?;
            return Ok(ClientCertVerified::assertion());
        }
        match verdict {
            Ok(_) => tracing::info!("by day nobody opens, whoever it is"),
            Err(ref error) => tracing::warn!(%error, "day"),
        }
        Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chain.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chain.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.chain.supported_verify_schemes()
    }
}
