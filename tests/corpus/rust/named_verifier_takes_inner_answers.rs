//! A wrapper that adds a label to log lines, around a strict and around a lenient verifier.

use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{DigitallySignedStruct, DistinguishedName, Error, RootCertStore, ServerConfig, SignatureScheme};

#[derive(Debug)]
struct Named {
    label: &'static str,
    inner: Arc<dyn ClientCertVerifier>,
}

fn named(label: &'static str, inner: Arc<dyn ClientCertVerifier>) -> Arc<dyn ClientCertVerifier> {
    Arc::new(Named { label, inner })
}

impl ClientCertVerifier for Named {
    fn offer_client_auth(&self) -> bool {
        self.inner.offer_client_auth()
    }

    fn client_auth_mandatory(&self) -> bool {
        self.inner.client_auth_mandatory()
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.inner.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.inner
            .verify_client_cert(end_entity, intermediates, now)
            .inspect_err(|error| tracing::info!(listener = self.label, %error, "refused"))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

type Own = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn finish(verifier: Arc<dyn ClientCertVerifier>, own: Own) -> Result<ServerConfig, Error> {
    ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(own.0, own.1)
}

pub fn control(roots: Arc<RootCertStore>, own: Own) -> anyhow::Result<ServerConfig> {
    let inner = WebPkiClientVerifier::builder(roots).build()?;
    Ok(finish(named("control", inner), own)?)
}

pub fn telemetry(roots: Arc<RootCertStore>, own: Own) -> anyhow::Result<ServerConfig> {
    let inner: Result<_, VerifierBuilderError> = WebPkiClientVerifier::builder(roots)
        .allow_unauthenticated() // expect: MTLS101
        .build();
    Ok(finish(named("telemetry", inner?), own)?)
}
