//! Parishes have certificates, and get nowhere without one.

use std::sync::Arc;

use eyre::{Result, WrapErr};
use rustls::pki_types::{
    pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer,
};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

use crate::settings;

pub fn server_config(tls: &settings::Tls) -> Result<Arc<ServerConfig>> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(&tls.parishes).wrap_err("parishes")? {
        roots.add(cert?)?;
    }
    let mut builder = WebPkiClientVerifier::builder(Arc::new(roots));
    if let Some(path) = &tls.crl {
        let lists = CertificateRevocationListDer::pem_file_iter(path)?.collect::<Result<Vec<_>, _>>()?;
        builder = builder.with_crls(lists).allow_unknown_revocation_status();
    }
    let verifier = builder.build()?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        CertificateDer::pem_file_iter(&tls.chain)?.collect::<Result<_, _>>()?,
        PrivateKeyDer::from_pem_file(&tls.key)?,
    )?;
    Ok(Arc::new(config))
}
