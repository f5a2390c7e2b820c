//! Snow depth station: a client with nothing left to chance, and nothing to report in any profile.
// corpus: profile=strict

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::{tls::Version, Certificate, Client, Identity};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::version::TLS13;
use rustls::{ClientConfig, RootCertStore};

pub fn uplink(dir: &str) -> Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(format!("{dir}/hub.pem"))?)?;
    let config = ClientConfig::builder_with_protocol_versions(&[&TLS13])
        .with_root_certificates(roots)
        .with_client_auth_cert(
            vec![CertificateDer::from_pem_file(format!("{dir}/station.pem"))?],
            PrivateKeyDer::from_pem_file(format!("{dir}/station.key"))?,
        )?;
    Ok(Arc::new(config))
}

pub fn forecast(dir: &str) -> Result<Client> {
    let ca = std::fs::read(format!("{dir}/forecast.pem")).context("forecast.pem")?;
    let own = std::fs::read(format!("{dir}/station-with-key.pem"))?;
    Ok(Client::builder()
        .use_rustls_tls()
        .tls_built_in_root_certs(false)
        .add_root_certificate(Certificate::from_pem(&ca)?)
        .identity(Identity::from_pem(&own)?)
        .min_tls_version(Version::TLS_1_3)
        .https_only(true)
        .timeout(Duration::from_secs(10))
        .build()?)
}
