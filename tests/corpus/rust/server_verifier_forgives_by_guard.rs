//! Replication client: names don't fit, so that error is let pass. Three ways to write it down.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

macro_rules! signatures {
    () => {
        fn verify_tls12_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            dss: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            self.0.verify_tls12_signature(message, cert, dss)
        }

        fn verify_tls13_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            dss: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            self.0.verify_tls13_signature(message, cert, dss)
        }

        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            self.0.supported_verify_schemes()
        }
    };
}

#[derive(Debug)]
pub struct ByGuard(pub Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for ByGuard {
    fn verify_server_cert( // expect: MTLS402
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Err(Error::InvalidCertificate(reason)) if reason == CertificateError::NotValidForName => {
                Ok(ServerCertVerified::assertion())
            }
            res => res,
        }
    }

    signatures!();
}

#[derive(Debug)]
pub struct ByOrElse(pub Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for ByOrElse {
    fn verify_server_cert( // expect: MTLS402
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.0
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            .or_else(|error| match error {
                Error::InvalidCertificate(CertificateError::NotValidForName)
                | Error::InvalidCertificate(CertificateError::NotValidForNameContext { .. }) => {
                    Ok(ServerCertVerified::assertion())
                }
                other => Err(other),
            })
    }

    signatures!();
}

#[derive(Debug)]
pub struct ByMatches(pub Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for ByMatches {
    fn verify_server_cert( // expect: MTLS402
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verdict =
            self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        if let Err(error) = verdict {
            if !matches!(error, Error::InvalidCertificate(CertificateError::NotValidForName)) {
                return Err(error);
            }
        }
        Ok(ServerCertVerified::assertion())
    }

    signatures!();
}
