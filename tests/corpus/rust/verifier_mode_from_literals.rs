//! Relay that reaches its peers as strictly as the peer's entry in the registry says.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, SignatureScheme};

#[derive(Debug, Clone, Copy)]
pub enum Strictness {
    Everything,
    IssuerOnly,
    Nothing,
}

#[derive(Debug)]
pub struct PeerVerifier {
    webpki: Arc<WebPkiServerVerifier>,
    strictness: Strictness,
}

impl PeerVerifier {
    pub fn with(webpki: Arc<WebPkiServerVerifier>, strictness: Strictness) -> Self {
        Self { webpki, strictness }
    }
}

impl ServerCertVerifier for PeerVerifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        match self.strictness {
            Strictness::Everything => self.webpki.verify_server_cert(leaf, chain, name, ocsp, now),
            Strictness::IssuerOnly => match self.webpki.verify_server_cert(leaf, chain, name, ocsp, now) {
                Ok(verified) => Ok(verified),
                Err(TlsError::InvalidCertificate(reason)) => {
                    if let CertificateError::NotValidForNameContext { .. } = reason {
                        Ok(ServerCertVerified::assertion()) // expect: MTLS402
                    } else {
                        Err(TlsError::InvalidCertificate(reason))
                    }
                }
                Err(other) => Err(other),
            },
            Strictness::Nothing => Ok(ServerCertVerified::assertion()), // expect: MTLS401
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.webpki.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.webpki.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.webpki.supported_verify_schemes()
    }
}

pub async fn prepare(peer: &Peer, shared: &ClientConfig, roots: Arc<Roots>) -> Result<ClientConfig, Failure> {
    let mut own = ClientConfig::clone(shared);
    let strictness = if peer.host().is_none() || !peer.verifies() {
        Some(Strictness::Nothing)
    } else if !peer.verifies_host() {
        Some(Strictness::IssuerOnly)
    } else {
        None
    };
    if let Some(strictness) = strictness {
        let webpki = WebPkiServerVerifier::builder(roots).build().or_fail(Failure::Roots)?;
        let verifier = Arc::new(PeerVerifier::with(webpki, strictness));
        own.dangerous().set_certificate_verifier(verifier);
    }
    Ok(own)
}
