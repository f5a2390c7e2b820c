//! One ticket key for both doors of the clinic, so that restarts go unnoticed.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::{routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::crypto::aws_lc_rs::Ticketer;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ProducesTickets, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

struct Doors {
    tickets: Arc<dyn ProducesTickets>,
}

impl Doors {
    fn new() -> Result<Self> {
        Ok(Doors { tickets: Ticketer::new()? })
    }

    fn doctors(&self) -> Result<ServerConfig> {
        let mut roots = RootCertStore::empty();
        for cert in CertificateDer::pem_file_iter("/etc/clinic/doctors.pem")? {
            roots.add(cert?)?;
        }
        let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
        let mut config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
            vec![CertificateDer::from_pem_file("/etc/clinic/tls.pem")?],
            PrivateKeyDer::from_pem_file("/etc/clinic/tls.key")?,
        )?;
        config.ticketer = self.tickets.clone(); // expect: MTLS107
        Ok(config)
    }

    fn patients(&self) -> Result<ServerConfig> {
        let mut config = ServerConfig::builder()
            .with_no_client_auth() // expect: MTLS103
            .with_single_cert(
                vec![CertificateDer::from_pem_file("/etc/clinic/tls.pem")?],
                PrivateKeyDer::from_pem_file("/etc/clinic/tls.key")?,
            )?;
        config.ticketer = self.tickets.clone();
        Ok(config)
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let doors = Doors::new()?;
    let records = Router::new().route("/records", get(|| async { "[]" }));
    let hours = Router::new().route("/hours", get(|| async { "8 to 12" }));
    let inner = axum_server::bind_rustls(
        SocketAddr::from(([0, 0, 0, 0], 8443)),
        RustlsConfig::from_config(Arc::new(doors.doctors()?)),
    );
    let outer = axum_server::bind_rustls(
        SocketAddr::from(([0, 0, 0, 0], 443)),
        RustlsConfig::from_config(Arc::new(doors.patients()?)),
    );
    tokio::try_join!(
        inner.serve(records.into_make_service()),
        outer.serve(hours.into_make_service()),
    )?;
    Ok(())
}
