//! TLS settings of the ingest service, read from TOML.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsSettings {
    pub certificate: PathBuf,
    pub key: PathBuf,
    pub client_ca: PathBuf,
    #[serde(default = "default_strict")]
    pub strict: bool,
    #[serde(default)]
    pub alpn: Vec<String>,
}

fn default_strict() -> bool {
    true
}

impl TlsSettings {
    pub fn server_config(&self) -> Result<Arc<ServerConfig>> {
        let mut roots = RootCertStore::empty();
        let pem = CertificateDer::pem_file_iter(&self.client_ca)
            .with_context(|| format!("client CA {}", self.client_ca.display()))?;
        for cert in pem {
            roots.add(cert.context("client CA")?)?;
        }

        let mut verifier = WebPkiClientVerifier::builder(Arc::new(roots));
        if !self.strict {
            tracing::warn!("clients without a certificate are let in");
            verifier = verifier.allow_unauthenticated(); // expect: MTLS101
        }
        let verifier = verifier.build().context("client verifier")?;

        let chain = CertificateDer::pem_file_iter(&self.certificate)?
            .collect::<Result<Vec<_>, _>>()
            .context("server certificate")?;
        let key = PrivateKeyDer::from_pem_file(&self.key).context("server key")?;

        let mut config = ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(chain, key)
            .context("certificate and key do not match")?;
        config.alpn_protocols = self.alpn.iter().map(|p| p.clone().into_bytes()).collect();
        Ok(Arc::new(config))
    }
}
