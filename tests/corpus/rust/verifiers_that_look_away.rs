//! Verifiers that go by what is dialled, and never look at what is presented.

use std::collections::HashSet;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
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

/// The name that is dialled is compared with the one from the settings: both are our own.
#[derive(Debug)]
pub struct ByConfiguredName;

impl ServerCertVerifier for ByConfiguredName {
    fn verify_server_cert( // expect: MTLS401
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let vault = settings::vault_host();
        let expected = ServerName::try_from(vault.as_str()).expect("a host name");
        if &expected == server_name {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::InvalidCertificate(CertificateError::NotValidForName))
        }
    }

    signatures_checked!();
}

#[derive(Debug)]
pub struct ByList {
    hosts: HashSet<String>,
}

impl ServerCertVerifier for ByList {
    fn verify_server_cert( // expect: MTLS401
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self.hosts.contains(name.to_str().as_ref()) {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(Error::General(format!("{name:?} isn't listed"))),
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
