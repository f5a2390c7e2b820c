//! A collector of readings, whose certificates are renewed in time.

use std::fs;
use std::path::Path;

use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use rustls::pki_types::{pem::PemObject, CertificateDer};
use rustls::RootCertStore;

static ARCHIVE: &[u8] = include_bytes!("../pki/archive.pem");

fn acceptor() -> anyhow::Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("pki/collector.pem")?;
    builder.set_private_key_file("/run/secrets/collector.key", SslFiletype::PEM)?;
    // The first has expired and goes when the last of its meters has gone.
    builder.set_ca_file("pki/meters.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}

/// Roots of the archive; rustls ends a chain at whatever it is told to.
fn roots() -> anyhow::Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    store.add(CertificateDer::from_pem_slice(ARCHIVE)?)?;
    Ok(store)
}

/// Moves away what is out of date.
fn retire(folder: &Path) -> anyhow::Result<()> {
    if Path::new("pki/old.pem").exists() {
        fs::rename("pki/old.pem", folder.join("old.pem"))?;
        println!("retired {}", "pki/old.pem");
    }
    Ok(())
}

fn main() -> anyhow::Result<()> {
    retire(Path::new("/var/lib/meters"))?;
    meters::run(acceptor()?, roots()?)
}
