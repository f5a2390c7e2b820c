//! Server side of the replication link.

use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{ServerConfig, VerifierBuilderError, WebPkiClientVerifier};
use rustls::RootCertStore;
use thiserror::Error;
use tokio_rustls::TlsAcceptor;

#[derive(Debug, Error)]
pub enum TlsError {
    #[error("cannot read {path}: {source}")]
    Read { path: String, source: std::io::Error },
    #[error("no private key in {0}")]
    NoKey(String),
    #[error(transparent)]
    Verifier(#[from] VerifierBuilderError),
    #[error(transparent)]
    Rustls(#[from] rustls::Error),
}

fn open(path: &str) -> Result<BufReader<File>, TlsError> {
    File::open(path)
        .map(BufReader::new)
        .map_err(|source| TlsError::Read { path: path.to_owned(), source })
}

fn certs(path: &str) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    rustls_pemfile::certs(&mut open(path)?)
        .collect::<Result<_, _>>()
        .map_err(|source| TlsError::Read { path: path.to_owned(), source })
}

fn key(path: &str) -> Result<PrivateKeyDer<'static>, TlsError> {
    rustls_pemfile::private_key(&mut open(path)?)
        .map_err(|source| TlsError::Read { path: path.to_owned(), source })?
        .ok_or_else(|| TlsError::NoKey(path.to_owned()))
}

fn replica_verifier(ca: &str) -> Result<Arc<dyn ClientCertVerifier>, TlsError> {
    let mut roots = RootCertStore::empty();
    for cert in certs(ca)? {
        roots.add(cert)?;
    }
    let builder = WebPkiClientVerifier::builder(roots.into()).clear_root_hint_subjects();
    // Older replicas have no certificate yet.
    let builder = builder.allow_unauthenticated(); // expect: MTLS101
    Ok(builder.build()?)
}

pub fn replication_acceptor(dir: &str) -> Result<TlsAcceptor, TlsError> {
    let verifier = replica_verifier(&format!("{dir}/replicas.pem"))?;
    let wants_cert = ServerConfig::builder().with_client_cert_verifier(verifier);
    let config = wants_cert
        .with_single_cert(certs(&format!("{dir}/node.pem"))?, key(&format!("{dir}/node.key"))?)
        .map_err(TlsError::from)?;
    Ok(Arc::new(config).into())
}
