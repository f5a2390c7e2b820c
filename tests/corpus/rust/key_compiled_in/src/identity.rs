//! What every agent carries in its binary.

use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore};

static ROOT: &[u8] = include_bytes!("../certs/root.pem");
static CERTIFICATE: &str = include_str!("../certs/agent.pem");
static KEY: &str = include_str!("../certs/agent.key"); // expect: MTLS602

/// Signs what the agent reports.
pub fn report_key() -> PrivateKeyDer<'static> {
    // expect: MTLS602
    let der: &'static [u8] = include_bytes!("../certs/report-key.der");
    PrivatePkcs8KeyDer::from(der).into()
}

pub fn config() -> Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ROOT)?)?;
    let chain = CertificateDer::pem_slice_iter(CERTIFICATE.as_bytes()).collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes())?;
    Ok(ClientConfig::builder().with_root_certificates(roots).with_client_auth_cert(chain, key)?)
}
