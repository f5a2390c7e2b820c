//! Verifiers that are installed through `dangerous()` and check all the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use sha2::{Digest, Sha256};

macro_rules! signatures_by {
    ($field:tt) => {
        fn verify_tls12_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            dss: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            self.$field.verify_tls12_signature(message, cert, dss)
        }

        fn verify_tls13_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            dss: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            self.$field.verify_tls13_signature(message, cert, dss)
        }

        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            self.$field.supported_verify_schemes()
        }
    };
}

/// Accepts one certificate, whoever issued it.
#[derive(Debug)]
pub struct Pinned {
    sha256: [u8; 32],
    crypto: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let found: [u8; 32] = Sha256::digest(end_entity).into();
        if found != self.sha256 {
            return Err(CertificateError::ApplicationVerificationFailure.into());
        }
        Ok(ServerCertVerified::assertion())
    }

    signatures_by!(crypto);
}

/// Trust on first use, as ssh does it.
#[derive(Debug)]
pub struct FirstUse {
    known: Mutex<HashMap<String, Vec<u8>>>,
    crypto: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for FirstUse {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let mut known = self.known.lock().map_err(|_| Error::General("poisoned".into()))?;
        let name = server_name.to_str().into_owned();
        match known.get(&name) {
            Some(cert) if cert != end_entity.as_ref() => {
                Err(Error::General(format!("certificate of {name} has changed")))
            }
            Some(_) => Ok(ServerCertVerified::assertion()),
            None => {
                known.insert(name, end_entity.to_vec());
                Ok(ServerCertVerified::assertion())
            }
        }
    }

    signatures_by!(crypto);
}

/// webpki's verdict, with a line in the log.
#[derive(Debug)]
pub struct Logged(pub Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for Logged {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verdict = self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp, now);
        if let Err(error) = &verdict {
            tracing::warn!(%error, ?server_name, "server certificate");
        }
        verdict
    }

    signatures_by!(0);
}

pub fn client(roots: RootCertStore, pin: Option<[u8; 32]>) -> anyhow::Result<ClientConfig> {
    let webpki = WebPkiServerVerifier::builder(Arc::new(roots)).build()?;
    let verifier: Arc<dyn ServerCertVerifier> = match pin {
        Some(sha256) => Arc::new(Pinned { sha256, crypto: webpki }),
        None => Arc::new(Logged(webpki)),
    };
    Ok(ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth())
}
