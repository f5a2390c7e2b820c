//! Verifies what clients send and lets those in that send nothing (rustls 0.21).

use std::sync::Arc;
use std::time::SystemTime;

use rustls::client::WebPkiVerifier;
use rustls::server::{
    AllowAnyAuthenticatedClient, ClientCertVerified, ClientCertVerifier, ServerConfig,
};
use rustls::{Certificate, DigitallySignedStruct, DistinguishedName, Error, PrivateKey};
use rustls::{RootCertStore, SignatureScheme};

pub struct SoftVerifier {
    strict: AllowAnyAuthenticatedClient,
}

impl SoftVerifier {
    pub fn new(roots: RootCertStore) -> Self {
        SoftVerifier { strict: AllowAnyAuthenticatedClient::new(roots) }
    }
}

impl ClientCertVerifier for SoftVerifier {
    fn offer_client_auth(&self) -> bool {
        true
    }

    // The old firmware aborts when the server insists.
    fn client_auth_mandatory(&self) -> bool { // expect: MTLS101
        false
    }

    fn client_auth_root_subjects(&self) -> &[DistinguishedName] {
        self.strict.client_auth_root_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &Certificate,
        intermediates: &[Certificate],
        now: SystemTime,
    ) -> Result<ClientCertVerified, Error> {
        self.strict
            .verify_client_cert(end_entity, intermediates, now)
            .map_err(|error| {
                tracing::warn!(%error, "client certificate refused");
                error
            })
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        WebPkiVerifier::verification_schemes()
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &Certificate,
        dss: &DigitallySignedStruct,
    ) -> Result<rustls::client::HandshakeSignatureValid, Error> {
        self.strict.verify_tls13_signature(message, cert, dss)
    }
}

pub fn config(
    roots: RootCertStore,
    chain: Vec<Certificate>,
    key: PrivateKey,
) -> Result<Arc<ServerConfig>, Error> {
    let verifier = Arc::new(SoftVerifier::new(roots));
    ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
        .map(Arc::new)
}
