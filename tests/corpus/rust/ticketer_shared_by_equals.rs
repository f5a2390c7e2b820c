//! Two strict listeners share tickets, a third that is lax makes its own: nothing to borrow.

use std::sync::Arc;

use anyhow::Result;
use rustls::crypto::ring::Ticketer;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{NoServerSessionStorage, ServerSessionMemoryCache, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

type Own = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn strict(roots: &Arc<RootCertStore>, own: Own) -> Result<ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(roots.clone()).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(own.0, own.1)?)
}

pub fn pair(roots: Arc<RootCertStore>, a: Own, b: Own) -> Result<[ServerConfig; 2]> {
    let tickets = Ticketer::new()?;
    let mut reads = strict(&roots, a)?;
    reads.ticketer = Arc::clone(&tickets);
    let mut writes = strict(&roots, b)?;
    writes.ticketer = tickets;
    Ok([reads, writes])
}

pub fn local_status(own: Own) -> Result<tokio_rustls::TlsAcceptor> {
    let mut config =
        ServerConfig::builder_with_protocol_versions(&[&rustls::version::TLS13])
            .with_client_cert_verifier(local_callers()?)
            .with_single_cert(own.0, own.1)?;
    config.ticketer = Ticketer::new()?;
    config.session_storage = ServerSessionMemoryCache::new(16);
    Ok(Arc::new(config).into())
}

/// From the appliance's PKI library, which we don't look into.
fn local_callers() -> Result<Arc<dyn rustls::server::danger::ClientCertVerifier>> {
    appliance_pki::local_callers()
}

pub fn forgetful(roots: Arc<RootCertStore>, own: Own) -> Result<ServerConfig> {
    let mut config = strict(&roots, own)?;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(config)
}
