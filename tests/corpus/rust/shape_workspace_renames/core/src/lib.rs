//! The silo's roots. The library's real name stands in the workspace's manifest only.

use secure::pki_types::{pem::PemObject, CertificateDer};
use secure::RootCertStore;

pub fn farmers() -> anyhow::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("/etc/silo/farmers.pem")?)?;
    Ok(roots)
}
