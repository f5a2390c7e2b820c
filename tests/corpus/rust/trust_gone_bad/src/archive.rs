//! Whom the collector trusts when it hands readings on.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use rustls::pki_types::{pem::PemObject, CertificateDer};
use rustls::RootCertStore;

static FALLBACK: &[u8] = include_bytes!("../pki/archive-2020.pem"); // expect: MTLS604

pub fn roots() -> anyhow::Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pki/archive.pem"); // expect: MTLS604
    let mut reader = BufReader::new(File::open(path)?);
    for certificate in CertificateDer::pem_reader_iter(&mut reader) {
        store.add(certificate?)?;
    }
    store.add(CertificateDer::from_pem_slice(FALLBACK)?)?;
    Ok(store)
}
