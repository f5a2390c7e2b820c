//! Loads keys from where the operator puts them; the ones in here are for `cargo test`.

use std::path::Path;

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};

pub struct Loaded {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
}

pub fn load(cert: &Path, key: &Path) -> Result<Loaded> {
    let chain = CertificateDer::pem_file_iter(cert)
        .with_context(|| cert.display().to_string())?
        .collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file(key).with_context(|| key.display().to_string())?;
    Ok(Loaded { chain, key })
}

pub fn parse(cert: &[u8], key: &[u8]) -> Result<Loaded> {
    let chain = CertificateDer::pem_slice_iter(cert).collect::<Result<Vec<_>, _>>()?;
    Ok(Loaded { chain, key: PrivateKeyDer::from_pem_slice(key)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CERT: &[u8] = include_bytes!("testdata/server.pem");
    const KEY: &[u8] = include_bytes!("testdata/server.key");

    const PASTED: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIMishFSJM9Q9P4jA/D+sMnETXb8ueGBjaJp76ravd4nJ
-----END PRIVATE KEY-----
";

    #[test]
    fn reads_both() {
        let loaded = parse(CERT, KEY).unwrap();
        assert_eq!(loaded.chain.len(), 1);
        assert!(matches!(loaded.key, PrivateKeyDer::Pkcs8(_)));
    }

    #[test]
    fn reads_what_was_pasted() {
        assert!(parse(CERT, PASTED.as_bytes()).is_ok());
        assert!(parse(CERT, b"-----BEGIN PRIVATE KEY-----\n").is_err());
    }
}
