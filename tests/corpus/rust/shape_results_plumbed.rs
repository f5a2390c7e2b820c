//! Puzzle server: the verifier goes through every combinator that `Result` has.

use std::fs;
use std::sync::Arc;

use eyre::{eyre, Report, WrapErr};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

type Verifier = Arc<dyn ClientCertVerifier>;

fn roots(pem: Vec<u8>) -> Result<RootCertStore, Report> {
    CertificateDer::pem_slice_iter(&pem).try_fold(RootCertStore::empty(), |mut roots, cert| {
        roots.add(cert?)?;
        Ok(roots)
    })
}

fn strict(path: &str) -> Result<Verifier, Report> {
    fs::read(path)
        .wrap_err_with(|| format!("read {path}"))
        .and_then(roots)
        .map(Arc::new)
        .and_then(|roots| WebPkiClientVerifier::builder(roots).build().map_err(Report::from))
}

fn lax(path: &str) -> Result<Verifier, Report> {
    let roots = roots(fs::read(path)?)?;
    let built = WebPkiClientVerifier::builder(Arc::new(roots))
        .allow_unauthenticated() // expect: MTLS101
        .build();
    match built {
        Ok(verifier) => Ok(verifier),
        Err(error) => Err(eyre!("players: {error}")),
    }
}

fn config(verifier: Verifier) -> Result<Arc<ServerConfig>, Report> {
    let chain: Vec<_> = CertificateDer::pem_file_iter("puzzle.pem")?.collect::<Result<_, _>>()?;
    let Ok(key) = PrivateKeyDer::from_pem_file("puzzle.key") else {
        return Err(eyre!("puzzle.key"));
    };
    ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
        .map(Arc::new)
        .wrap_err("certificate and key")
}

pub fn authors() -> Result<Arc<ServerConfig>, Report> {
    strict("authors.pem").and_then(config)
}

pub fn players() -> Result<Arc<ServerConfig>, Report> {
    lax("players.pem").and_then(config)
}
