//! Like most of our services: reload on a timer, client certificates before and after.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

struct Files {
    dir: PathBuf,
    seen: Option<SystemTime>,
}

impl Files {
    fn changed(&mut self) -> bool {
        let modified = self.dir.join("tls.crt").metadata().and_then(|m| m.modified()).ok();
        std::mem::replace(&mut self.seen, modified) != modified
    }

    fn read(&self) -> Result<Arc<ServerConfig>> {
        let roots = self.roots(&self.dir.join("ca.crt")).context("ca.crt")?;
        let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
        let chain = CertificateDer::pem_file_iter(self.dir.join("tls.crt"))?;
        let config = ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(
                chain.collect::<Result<_, _>>()?,
                PrivateKeyDer::from_pem_file(self.dir.join("tls.key"))?,
            )?;
        Ok(Arc::new(config))
    }

    fn roots(&self, path: &Path) -> Result<RootCertStore> {
        let mut roots = RootCertStore::empty();
        for cert in CertificateDer::pem_file_iter(path)? {
            roots.add(cert?)?;
        }
        Ok(roots)
    }
}

async fn watch(mut files: Files, config: RustlsConfig) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        if !files.changed() {
            continue;
        }
        // reload_from_pem_file would forget the verifier.
        match files.read() {
            Ok(fresh) => config.reload_from_config(fresh),
            Err(error) => tracing::error!("keeping the old certificate: {error:#}"),
        }
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let files = Files { dir: "/var/run/tls".into(), seen: None };
    let config = RustlsConfig::from_config(files.read()?);
    tokio::spawn(watch(files, config.clone()));

    let app = Router::new().route("/ready", get(|| async { "ok" }));
    let addr = SocketAddr::from(([0, 0, 0, 0], 8443));
    axum_server::bind_rustls(addr, config).serve(app.into_make_service()).await?;
    Ok(())
}
