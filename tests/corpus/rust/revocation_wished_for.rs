//! Ferry gates. The harbour's auditors want stale revocation lists refused; nobody hands any over.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

fn gates() -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/ferry/gates.pem").context("gates.pem")? {
        roots.add(cert?)?;
    }
    Ok(roots)
}

fn wished_for() -> Result<Arc<dyn ClientCertVerifier>> {
    Ok(WebPkiClientVerifier::builder(Arc::new(gates()?))
        .enforce_revocation_expiration() // expect: MTLS902
        .build()?)
}

/// With a list where the harbour has one: the same call has something to enforce.
fn as_far_as_known(list: &Path) -> Result<Arc<dyn ClientCertVerifier>> {
    let mut verifier =
        WebPkiClientVerifier::builder(Arc::new(gates()?)).enforce_revocation_expiration();
    if list.exists() {
        verifier = verifier.with_crls([CertificateRevocationListDer::from_pem_file(list)?]);
    }
    Ok(verifier.build()?)
}

fn config(verifier: Arc<dyn ClientCertVerifier>) -> Result<RustlsConfig> {
    let chain = CertificateDer::pem_file_iter("/etc/ferry/tls.pem")?.collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_file("/etc/ferry/tls.key")?;
    let config =
        ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/boarding", get(|| async { "lane 4" }));
    let staff = axum_server::bind_rustls("0.0.0.0:8444".parse()?, config(as_far_as_known(Path::new("/etc/ferry/gates.crl"))?)?)
        .serve(app.clone().into_make_service());
    let cars = axum_server::bind_rustls("0.0.0.0:8443".parse()?, config(wished_for()?)?)
        .serve(app.into_make_service());
    tokio::try_join!(staff, cars)?;
    Ok(())
}
