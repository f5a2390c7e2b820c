//! Trust roots are reloaded by a timer; `relaxed` comes from the settings of the installation.

use std::sync::Arc;

use arc_swap::ArcSwap;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

#[derive(Debug)]
pub struct Reloaded {
    current: ArcSwap<WebPkiServerVerifier>,
    relaxed: bool,
}

impl Reloaded {
    pub fn new(roots: RootCertStore, relaxed: bool) -> anyhow::Result<Self> {
        let verifier = WebPkiServerVerifier::builder(Arc::new(roots)).build()?;
        Ok(Reloaded { current: ArcSwap::from(verifier), relaxed })
    }

    pub fn reload(&self, roots: RootCertStore) -> anyhow::Result<()> {
        self.current.store(WebPkiServerVerifier::builder(Arc::new(roots)).build()?);
        Ok(())
    }
}

impl ServerCertVerifier for Reloaded {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.relaxed {
            return Ok(ServerCertVerified::assertion());
        }
        self.current
            .load()
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.current.load().verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.current.load().verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.current.load().supported_verify_schemes()
    }
}

pub fn config(verifier: Arc<Reloaded>) -> ClientConfig {
    ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth()
}
