//! Tennis court bookings: the settings' defaults are the lax ones, and main takes them as they are.

use std::sync::Arc;

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ServerConfig, WebPkiClientVerifier};
use rustls::RootCertStore;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

pub struct TlsOptions {
    pub dir: &'static str,
    pub allow_anonymous: bool,
    pub tickets: usize,
}

impl Default for TlsOptions {
    fn default() -> Self {
        Self { dir: "/etc/courts", allow_anonymous: true, tickets: 2 }
    }
}

fn server_config(options: &TlsOptions) -> anyhow::Result<ServerConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(format!("{}/clubs.pem", options.dir))?)?;
    let mut builder = WebPkiClientVerifier::builder(Arc::new(roots));
    if options.allow_anonymous {
        builder = builder.allow_unauthenticated(); // expect: MTLS101
    }
    let mut config = ServerConfig::builder().with_client_cert_verifier(builder.build()?).with_single_cert(
        vec![CertificateDer::from_pem_file(format!("{}/tls.pem", options.dir))?],
        PrivateKeyDer::from_pem_file(format!("{}/tls.key", options.dir))?,
    )?;
    config.send_tls13_tickets = options.tickets;
    Ok(config)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = TlsOptions { tickets: 4, ..TlsOptions::default() };
    let acceptor = TlsAcceptor::from(Arc::new(server_config(&options)?));
    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    while let Ok((tcp, _)) = listener.accept().await {
        drop(acceptor.accept(tcp).await);
    }
    Ok(())
}
