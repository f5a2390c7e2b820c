//! Chimney sweeps' bookings: verifiers that ask their delegate whether it refused, and how.

use std::collections::HashSet;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

type Certificate<'a> = CertificateDer<'a>;
type Outcome = Result<ServerCertVerified, Error>;

/// What was refused is written down, and that is all.
#[derive(Debug)]
pub struct Forgiving {
    inner: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for Forgiving {
    fn verify_server_cert( // expect: MTLS401
        &self,
        end_entity: &Certificate<'_>,
        intermediates: &[Certificate<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Outcome {
        let outcome = self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp, now);
        if outcome.is_ok() {
            return outcome;
        }
        tracing::warn!(?outcome, "refused");
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// A name that doesn't fit is no reason.
#[derive(Debug)]
pub struct NameBlind {
    inner: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for NameBlind {
    fn verify_server_cert( // expect: MTLS402
        &self,
        end_entity: &Certificate<'_>,
        intermediates: &[Certificate<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Outcome {
        let outcome = self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp, now);
        let misnamed = |error: &Error| {
            matches!(error, Error::InvalidCertificate(CertificateError::NotValidForNameContext { .. }))
        };
        if outcome.as_ref().is_err_and(misnamed) {
            return Ok(ServerCertVerified::assertion());
        }
        outcome
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// Only an issuer that nobody knows is let through, which is all of them.
#[derive(Debug)]
pub struct Untrusting {
    inner: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for Untrusting {
    fn verify_server_cert( // expect: MTLS401
        &self,
        end_entity: &Certificate<'_>,
        intermediates: &[Certificate<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Outcome {
        let outcome = self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp, now);
        if outcome.as_ref().is_err_and(|error| *error == Error::InvalidCertificate(CertificateError::UnknownIssuer)) {
            tracing::info!("an issuer of their own");
            return Ok(ServerCertVerified::assertion());
        }
        outcome
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// The answer is given in other words.
#[derive(Debug)]
pub struct InOtherWords {
    inner: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for InOtherWords {
    fn verify_server_cert(
        &self,
        end_entity: &Certificate<'_>,
        intermediates: &[Certificate<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Outcome {
        let accepted = self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp, now).is_ok();
        if !accepted {
            return Err(Error::General("not one of our bookings".into()));
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// What is pinned may be issued by anybody.
#[derive(Debug)]
pub struct Pinned {
    inner: Arc<WebPkiServerVerifier>,
    pins: HashSet<Vec<u8>>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &Certificate<'_>,
        intermediates: &[Certificate<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Outcome {
        let outcome = self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp, now);
        if outcome.is_ok() || self.pins.contains(end_entity.as_ref()) {
            Ok(ServerCertVerified::assertion())
        } else {
            outcome
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// Of some refusals more is told, and they stay refusals.
#[derive(Debug)]
pub struct Told {
    inner: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for Told {
    fn verify_server_cert(
        &self,
        end_entity: &Certificate<'_>,
        intermediates: &[Certificate<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Outcome {
        let outcome = self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp, now);
        if outcome.as_ref().is_err_and(|error| matches!(error, Error::InvalidCertificate(CertificateError::Expired))) {
            tracing::error!("their certificate has run out");
        }
        outcome
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &Certificate<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

fn configuration(verifier: Arc<dyn ServerCertVerifier>) -> ClientConfig {
    ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth()
}

pub fn all(inner: Arc<WebPkiServerVerifier>, pins: HashSet<Vec<u8>>) -> Vec<ClientConfig> {
    vec![
        configuration(Arc::new(Forgiving { inner: inner.clone() })),
        configuration(Arc::new(NameBlind { inner: inner.clone() })),
        configuration(Arc::new(Untrusting { inner: inner.clone() })),
        configuration(Arc::new(InOtherWords { inner: inner.clone() })),
        configuration(Arc::new(Pinned { inner: inner.clone(), pins })),
        configuration(Arc::new(Told { inner })),
    ]
}
