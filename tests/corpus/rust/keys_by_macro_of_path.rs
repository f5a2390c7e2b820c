//! Gravel scale: the key's path is put together by macros, the other key is a byte string.

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};

static KEY: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/pki/scale.key")); // expect: MTLS602
static CERT: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/pki/scale.pem"));

/// Where the package puts it; the build decides.
static SHIPPED: &[u8] = include_bytes!(env!("SCALE_IDENTITY"));

// expect: MTLS602
const SPARE: &[u8] = b"-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIMishFSJM9Q9P4jA/D+sMnETXb8ueGBjaJp76ravd4nJ
-----END PRIVATE KEY-----
";

pub fn identity() -> Result<(CertificateDer<'static>, PrivateKeyDer<'static>), rustls::pki_types::pem::Error> {
    let key = if SHIPPED.is_empty() { SPARE } else { KEY };
    Ok((CertificateDer::from_pem_slice(CERT)?, PrivateKeyDer::from_pem_slice(key)?))
}
