//! Origami exchange: the first CA file that exists decides, and without one there is no server.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

const PLACES: &[&str] = &["/run/secrets/folders.pem", "/etc/origami/folders.pem", "folders.pem"];

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("none of {PLACES:?} exists")]
    NoCa,
    #[error(transparent)]
    Pem(#[from] rustls::pki_types::pem::Error),
    #[error(transparent)]
    Tls(#[from] rustls::Error),
    #[error(transparent)]
    Verifier(#[from] rustls::server::VerifierBuilderError),
}

fn verifier() -> Result<Arc<dyn ClientCertVerifier>, Error> {
    for place in PLACES.iter().map(Path::new) {
        if !place.exists() {
            continue;
        }
        let mut roots = RootCertStore::empty();
        for cert in CertificateDer::pem_file_iter(place)? {
            match cert {
                Ok(cert) => roots.add(cert)?,
                Err(error) => log::warn!("{}: {error}", place.display()),
            }
        }
        return Ok(WebPkiClientVerifier::builder(Arc::new(roots)).build()?);
    }
    Err(Error::NoCa)
}

pub fn config() -> Result<ServerConfig, Error> {
    let mut attempts = 0;
    let verifier = loop {
        match verifier() {
            Ok(verifier) => break verifier,
            Err(error) if attempts > 5 => return Err(error),
            Err(_) => attempts += 1,
        }
        std::thread::sleep(std::time::Duration::from_secs(1));
    };
    let chain = vec![CertificateDer::from_pem_file("/etc/origami/tls.pem")?];
    let key = PrivateKeyDer::from_pem_file("/etc/origami/tls.key")?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}
