//! Four ways to demand client certificates that rustls never had.

use std::sync::Arc;

use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Identity {
    fn load(name: &str) -> Result<Self> {
        let chain = CertificateDer::pem_file_iter(format!("/etc/vault/{name}.pem"))?;
        Ok(Identity {
            chain: chain.collect::<Result<_, _>>()?,
            key: PrivateKeyDer::from_pem_file(format!("/etc/vault/{name}.key"))?,
        })
    }
}

fn roots() -> Result<Arc<RootCertStore>> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/vault/clients.pem")? {
        roots.add(cert?)?;
    }
    Ok(Arc::new(roots))
}

pub fn reader() -> Result<TlsAcceptor> {
    let Identity { chain, key } = Identity::load("reader")?;
    let config = ServerConfig::builder()
        .with_client_auth_mandatory(roots()?) // expect: MTLS901
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

pub fn writer() -> Result<TlsAcceptor> {
    let Identity { chain, key } = Identity::load("writer")?;
    let verifier = WebPkiClientVerifier::new(roots()?); // expect: MTLS901
    let config = ServerConfig::builder()
        .with_client_cert_verifier(Arc::new(verifier))
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

pub fn auditor() -> Result<TlsAcceptor> {
    let Identity { chain, key } = Identity::load("auditor")?;
    let verifier = WebPkiClientVerifier::builder(roots()?).build()?;
    let config = ServerConfig::builder()
        .with_client_verifier(verifier) // expect: MTLS901
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

pub fn admin() -> Result<TlsAcceptor> {
    let Identity { chain, key } = Identity::load("admin")?;
    let config = ServerConfig::builder()
        // expect: MTLS901
        .with_client_auth(rustls::server::ClientAuthMandatory::Required)
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
