//! Letter shop. `ClientCertVerifier` is a trait: it has no constructors, in any version.

use std::sync::Arc;

use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

fn roots(path: &str) -> Result<Arc<RootCertStore>> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(path)? {
        roots.add(cert?)?;
    }
    Ok(Arc::new(roots))
}

pub fn intake() -> Result<TlsAcceptor> {
    let verifier = ClientCertVerifier::new(roots("/etc/letters/scanners.pem")?); // expect: MTLS901
    let config = ServerConfig::builder()
        .with_client_cert_verifier(Arc::new(verifier))
        .with_single_cert(
            vec![CertificateDer::from_pem_file("/etc/letters/tls.pem")?],
            PrivateKeyDer::from_pem_file("/etc/letters/tls.key")?,
        )?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

pub fn press() -> Result<TlsAcceptor> {
    let verifier = ClientCertVerifier::builder(roots("/etc/letters/presses.pem")?) // expect: MTLS901
        .build()?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            vec![CertificateDer::from_pem_file("/etc/letters/tls.pem")?],
            PrivateKeyDer::from_pem_file("/etc/letters/tls.key")?,
        )?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
