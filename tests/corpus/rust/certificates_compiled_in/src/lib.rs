//! Certificates and public keys may be in the binary. Private keys are read at start.

use std::path::Path;

use anyhow::{bail, Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

static ROOT: &[u8] = include_bytes!("../certs/root.pem");
static ROOT_DER: &[u8] = include_bytes!("../certs/root.der");
static VENDOR: &str = include_str!("../certs/vendor.crt");

/// The key that releases are signed with: its public half.
pub static RELEASE_KEY: &str = include_str!("../certs/release-key.pub");

pub const STATUS_KEY: &str = "\
-----BEGIN PUBLIC KEY-----\n\
MCowBQYDK2VwAyEAnCdwWDoIZM0EP3a2dAx5nD40lsXDteoDbNuYG7nBpy8=\n\
-----END PUBLIC KEY-----\n\
";

const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

/// Refuses what isn't PKCS#8, e.g. `-----BEGIN RSA PRIVATE KEY-----`.
pub fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    if text.contains("-----BEGIN EC PRIVATE KEY-----") {
        bail!("{}: convert it with `openssl pkcs8 -topk8`", path.display());
    }
    let Some(begin) = text.find(PEM_BEGIN) else { bail!("{}: no key", path.display()) };
    if !text[begin..].contains(PEM_END) {
        bail!("{}: cut short", path.display());
    }
    Ok(PrivateKeyDer::from_pem_slice(text.as_bytes())?)
}

pub fn config(state: &Path) -> Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ROOT)?)?;
    roots.add(CertificateDer::from(ROOT_DER))?;
    for cert in CertificateDer::pem_slice_iter(VENDOR.as_bytes()) {
        roots.add(cert?)?;
    }
    let chain =
        CertificateDer::pem_file_iter(state.join("kiosk.pem"))?.collect::<Result<_, _>>()?;
    let key = private_key(&state.join("kiosk.key"))?;
    Ok(ClientConfig::builder().with_root_certificates(roots).with_client_auth_cert(chain, key)?)
}
