//! Ported from Go, names and all: there, `tls.Config` has a field for this.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::{RootCertStore, ServerConfig};

pub struct Ported {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
    pub clients: RootCertStore,
    pub verifier: Arc<dyn ClientCertVerifier>,
}

impl Ported {
    /// `tls.RequireAndVerifyClientCert`
    pub fn strict(self) -> Result<ServerConfig, rustls::Error> {
        let wanted = rustls::server::RequireClientCert::new(self.clients); // expect: MTLS901
        ServerConfig::builder()
            .with_client_cert_verifier(Arc::new(wanted))
            .with_single_cert(self.chain, self.key)
    }

    /// `tls.RequestClientCert`
    pub fn lax(self) -> Result<ServerConfig, rustls::Error> {
        let wanted = rustls::server::RequestClientCert::new(self.clients); // expect: MTLS901
        ServerConfig::builder()
            .with_client_cert_verifier(Arc::new(wanted))
            .with_single_cert(self.chain, self.key)
    }

    pub fn by_mode(self) -> Result<ServerConfig, rustls::Error> {
        let mode = rustls::ClientAuthMode::Required; // expect: MTLS901
        tracing::debug!(?mode, roots = self.clients.len(), "client authentication");
        ServerConfig::builder()
            .with_client_cert_verifier(self.verifier)
            .with_single_cert(self.chain, self.key)
    }
}
