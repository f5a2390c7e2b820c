//! Clerks sign in with certificates.

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};

pub fn config(dir: &str) -> Result<ServerConfig> {
    let mut clerks = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(format!("{dir}/clerks.pem")).context("clerks")? {
        clerks.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(clerks.into()).build()?;
    let chain = CertificateDer::pem_file_iter(format!("{dir}/tls.pem"))?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        chain.collect::<Result<_, _>>()?,
        PrivateKeyDer::from_pem_file(format!("{dir}/tls.key"))?,
    )?)
}
