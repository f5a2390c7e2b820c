//! Verifiers whose certificates have names as if they weren't used, and are; or nobody is let in.

use std::collections::HashSet;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

use crate::settings;

macro_rules! signatures_checked {
    () => {
        fn verify_tls12_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            dss: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            rustls::crypto::verify_tls12_signature(message, cert, dss, &settings::algorithms())
        }

        fn verify_tls13_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            dss: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            rustls::crypto::verify_tls13_signature(message, cert, dss, &settings::algorithms())
        }

        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            settings::algorithms().supported_schemes()
        }
    };
}

/// The name only decides who is asked, and the certificate is used for all its underscore.
#[derive(Debug)]
pub struct ByInner {
    hosts: HashSet<String>,
    inner: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for ByInner {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if !self.hosts.contains(server_name.to_str().as_ref()) {
            return Err(Error::General("isn't listed".into()));
        }
        let ask = |name| self.inner.verify_server_cert(_end_entity, _intermediates, name, ocsp, now);
        ask(server_name)
    }

    signatures_checked!();
}

/// A fingerprint is compared, in a closure.
#[derive(Debug)]
pub struct ByPin(Vec<(String, [u8; 32])>);

impl ServerCertVerifier for ByPin {
    fn verify_server_cert(
        &self,
        _leaf: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let host = server_name.to_str();
        let mut pins = self.0.iter().filter(|(name, _)| *name == host);
        if pins.any(|(_, pin)| settings::sha256(_leaf) == *pin) {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::InvalidCertificate(CertificateError::UnknownIssuer))
        }
    }

    signatures_checked!();
}

/// Nobody is trusted unless the operator says so.
#[derive(Debug)]
pub struct ByOperator {
    anybody: bool,
}

impl ServerCertVerifier for ByOperator {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.anybody {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::InvalidCertificate(CertificateError::UnknownIssuer))
        }
    }

    signatures_checked!();
}

/// What a macro reads isn't known here.
#[derive(Debug)]
pub struct ByMacro;

impl ServerCertVerifier for ByMacro {
    fn verify_server_cert(
        &self,
        _leaf: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let host = server_name.to_str();
        if settings::known! { host => _leaf } {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::InvalidCertificate(CertificateError::UnknownIssuer))
        }
    }

    signatures_checked!();
}

pub fn client(verifier: Arc<dyn ServerCertVerifier>) -> ClientConfig {
    ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth()
}
