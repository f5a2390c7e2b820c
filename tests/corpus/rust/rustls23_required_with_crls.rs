//! Order intake. Only partners with a certificate of our partner CA get in.
//!
//! We once ran with `.allow_unauthenticated()` during the migration and with
//! `with_no_client_auth()` before that; both are gone since 2.4.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, Context, Result};
use rustls::pki_types::{
    pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer,
};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

struct TlsFiles {
    chain: PathBuf,
    key: PathBuf,
    partner_ca: PathBuf,
    crl_dir: PathBuf,
}

fn partner_roots(path: &Path) -> Result<Arc<RootCertStore>> {
    let mut store = RootCertStore::empty();
    let certs = CertificateDer::pem_file_iter(path)?.collect::<Result<Vec<_>, _>>()?;
    let (added, skipped) = store.add_parsable_certificates(certs);
    if added == 0 {
        return Err(anyhow!("no usable CA in {} ({skipped} skipped)", path.display()));
    }
    Ok(Arc::new(store))
}

fn revocation_lists(dir: &Path) -> Result<Vec<CertificateRevocationListDer<'static>>> {
    let mut lists = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("read {}", dir.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ext| ext == "crl") {
            lists.push(CertificateRevocationListDer::from(fs::read(&path)?));
        }
    }
    Ok(lists)
}

fn load(files: &TlsFiles) -> Result<Arc<ServerConfig>> {
    let builder = WebPkiClientVerifier::builder(partner_roots(&files.partner_ca)?);
    let builder = builder
        .with_crls(revocation_lists(&files.crl_dir)?)
        .enforce_revocation_expiration();
    // Not `.allow_unauthenticated()`: /health moved to the admin socket instead.
    let verifier = builder.build().context("partner verifier")?;

    let chain = CertificateDer::pem_file_iter(&files.chain)?.collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file(&files.key)?;
    let mut config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

#[tokio::main]
async fn main() -> Result<()> {
    let base = Path::new("/run/secrets/orders");
    let files = TlsFiles {
        chain: base.join("tls.crt"),
        key: base.join("tls.key"),
        partner_ca: base.join("partners.pem"),
        crl_dir: base.join("crl"),
    };
    let acceptor = TlsAcceptor::from(load(&files)?);
    let listener = TcpListener::bind(("0.0.0.0", 8443)).await?;
    loop {
        let (socket, peer) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            match acceptor.accept(socket).await {
                Ok(_stream) => tracing::info!(%peer, "partner connected"),
                Err(error) => tracing::info!(%peer, %error, "client refused"),
            }
        });
    }
}
