//! TLS of the depot, for all its services.

use std::sync::Arc;

use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub mod options {
    /// What a service asks of its callers.
    #[derive(Clone, Copy)]
    pub struct Callers {
        pub certificates: bool,
    }
}

fn roots() -> Result<Arc<RootCertStore>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("/etc/depot/services.pem")?)?;
    Ok(Arc::new(roots))
}

pub fn server(options: options::Callers) -> Result<ServerConfig> {
    let mut verifier = WebPkiClientVerifier::builder(roots()?);
    if !options.certificates {
        verifier = verifier.allow_unauthenticated(); // expect: MTLS101
    }
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier.build()?).with_single_cert(
        vec![CertificateDer::from_pem_file("/etc/depot/tls.pem")?],
        PrivateKeyDer::from_pem_file("/etc/depot/tls.key")?,
    )?)
}
