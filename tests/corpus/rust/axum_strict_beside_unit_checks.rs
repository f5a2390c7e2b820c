//! The ferry's ticket office: mutual TLS, an access log, and unit tests that only look at both.

use std::sync::Arc;

use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

struct AccessLog {
    lines: Vec<String>,
}

impl AccessLog {
    /// Folds the lines of the same pier needlessly often, but losslessly.
    fn folded(&self) -> Vec<String> {
        let mut lines = self.lines.clone();
        lines.dedup();
        lines
    }
}

fn config() -> Result<RustlsConfig, Box<dyn std::error::Error>> {
    let mut crews = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("crews.pem")? {
        crews.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(crews)).build()?;
    let chain = CertificateDer::pem_file_iter("office.pem")?.collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file("office.key")?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

fn office() -> Router {
    Router::new().route("/tickets", get(|| async { "two adults, one bicycle" }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    axum_server::bind_rustls("0.0.0.0:8443".parse()?, config()?).serve(office().into_make_service()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_files_there_is_no_configuration() {
        assert!(config().is_err());
    }

    #[test]
    fn the_log_is_folded() {
        let log = AccessLog { lines: vec!["pier 4".into(), "pier 4".into()] };
        assert_eq!(log.folded().len(), 1);
        assert!(office().has_routes());
    }
}
