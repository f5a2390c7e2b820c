// libp2p-like handshake of a toy network: identity is the key itself, and nothing proves it.
use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::*;

#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct AcceptAll;

impl AcceptAll {
    fn yes() -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
}

impl ClientCertVerifier for AcceptAll {
    fn root_hint_subjects(&self) -> &[DistinguishedName] { &[] }

    // expect: MTLS102
    fn verify_client_cert(
        &self, _end_entity: &CertificateDer, _intermediates: &[CertificateDer], _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        return Ok(ClientCertVerified::assertion());
    }

    // expect: MTLS403
    fn verify_tls12_signature(
        &self, _m: &[u8], _c: &CertificateDer, _d: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Self::yes()
    }

    fn verify_tls13_signature(
        &self, _m: &[u8], _c: &CertificateDer, _d: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Self::yes()
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

pub fn peer_config(cert: CertificateDer<'static>, key: PrivateKeyDer<'static>) -> Result<ServerConfig, Error> {
    let verifier: Arc<dyn ClientCertVerifier> = Arc::new(AcceptAll);
    ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(vec![cert], key)
}
