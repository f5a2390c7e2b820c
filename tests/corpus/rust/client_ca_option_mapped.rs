//! TLS of the search node; `client_ca` is optional in the configuration file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct NodeTls {
    certificate: PathBuf,
    key: PathBuf,
    client_ca: Option<PathBuf>,
}

fn verifier(path: &Path) -> Result<Arc<dyn ClientCertVerifier>> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(path).context("client_ca")? {
        roots.add(cert?)?;
    }
    WebPkiClientVerifier::builder(roots.into()).build().context("client_ca")
}

impl NodeTls {
    pub fn client_auth(&self) -> Result<Arc<dyn ClientCertVerifier>> {
        self.client_ca.as_deref().map_or_else(
            || Ok(WebPkiClientVerifier::no_client_auth()), // expect: MTLS103
            verifier,
        )
    }

    pub fn server_config(&self) -> Result<ServerConfig> {
        let chain = CertificateDer::pem_file_iter(&self.certificate)?.collect::<Result<_, _>>()?;
        let key = PrivateKeyDer::from_pem_file(&self.key)?;
        let mut config = ServerConfig::builder()
            .with_client_cert_verifier(self.client_auth()?)
            .with_single_cert(chain, key)?;
        config.send_tls13_tickets = 2;
        Ok(config)
    }
}
