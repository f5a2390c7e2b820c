//! Observatory links on the next rustls, whose traits have new names and one check for both sides.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerIdentity, ServerVerifier, SignatureVerificationInput};
use rustls::crypto::{CryptoProvider, Identity, SignatureScheme};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::danger::{ClientIdentity, ClientVerifier, VerifiedIdentity};
use rustls::{ClientConfig, DistinguishedName, Error, ServerConfig};

#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ClientVerifier for Anybody {
    fn root_hint_subjects(&self) -> Arc<[DistinguishedName]> {
        Arc::from([])
    }

    fn verify_identity<'a>( // expect: MTLS102
        &self,
        identity: &ClientIdentity<'a, '_>,
    ) -> Result<VerifiedIdentity<'a>, Error> {
        tracing::info!(?identity, "a telescope");
        Ok(VerifiedIdentity::assertion(identity.identity.clone()))
    }

    fn verify_tls12_signature(
        &self,
        _input: &SignatureVerificationInput<'_>,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("no TLS 1.2".into()))
    }

    fn verify_tls13_signature( // expect: MTLS403
        &self,
        _input: &SignatureVerificationInput<'_>,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[derive(Debug)]
struct Pinned {
    inner: Arc<dyn ServerVerifier>,
    pin: [u8; 32],
}

impl ServerVerifier for Pinned {
    fn verify_identity<'a>(
        &self,
        identity: &ServerIdentity<'a, '_>,
    ) -> Result<VerifiedIdentity<'a>, Error> {
        let verified = self.inner.verify_identity(identity)?;
        if fingerprint(&verified) != self.pin {
            return Err(Error::General("another observatory".into()));
        }
        Ok(verified)
    }

    fn verify_tls12_signature(
        &self,
        input: &SignatureVerificationInput<'_>,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(input)
    }

    fn verify_tls13_signature(
        &self,
        input: &SignatureVerificationInput<'_>,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(input)
    }
}

pub fn telescopes(
    provider: Arc<CryptoProvider>,
    own: Arc<Identity<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, Error> {
    ServerConfig::builder(provider.clone())
        .with_client_cert_verifier(Arc::new(Anybody(provider)))
        .with_single_cert(own, key)
}

pub fn to_archive(
    provider: Arc<CryptoProvider>,
    inner: Arc<dyn ServerVerifier>,
    pin: [u8; 32],
) -> Result<ClientConfig, Error> {
    ClientConfig::builder(provider)
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Pinned { inner, pin }))
        .with_no_client_auth()
}

fn fingerprint(identity: &VerifiedIdentity<'_>) -> [u8; 32] {
    blake3::hash(identity.identity().encoded()).into()
}
