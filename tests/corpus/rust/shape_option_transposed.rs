//! Seed exchange: `Option<PathBuf>` becomes `Option<Arc<dyn ..>>` by map and transpose.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
pub struct Tls {
    cert: PathBuf,
    key: PathBuf,
    #[serde(default)]
    client_ca: Option<PathBuf>,
}

fn gardeners(path: &Path) -> Result<Arc<dyn ClientCertVerifier>> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(path).with_context(|| format!("{path:?}"))? {
        roots.add(cert?)?;
    }
    Ok(WebPkiClientVerifier::builder(Arc::new(roots)).build()?)
}

impl TryFrom<Tls> for ServerConfig {
    type Error = anyhow::Error;

    fn try_from(tls: Tls) -> Result<Self> {
        let verifier = tls.client_ca.as_deref().map(gardeners).transpose()?;
        let builder = match verifier {
            Some(verifier) => ServerConfig::builder().with_client_cert_verifier(verifier),
            None => ServerConfig::builder().with_no_client_auth(), // expect: MTLS103
        };
        let chain = CertificateDer::pem_file_iter(&tls.cert)?.collect::<Result<Vec<_>, _>>()?;
        Ok(builder.with_single_cert(chain, PrivateKeyDer::from_pem_file(&tls.key)?)?)
    }
}
