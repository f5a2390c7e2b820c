//! Poetry slam: verifiers in tuples, arrays and maps, taken out again by name or place.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

type Verifier = Arc<dyn ClientCertVerifier>;
type Own = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn both(roots: Arc<RootCertStore>) -> Result<(Verifier, Verifier)> {
    let strict = WebPkiClientVerifier::builder(roots.clone()).build()?;
    let lax = WebPkiClientVerifier::builder(roots)
        .allow_unauthenticated() // expect: MTLS101
        .build()?;
    Ok((strict, lax))
}

fn config(verifier: Verifier, own: Own) -> Result<ServerConfig> {
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(own.0, own.1)?)
}

pub fn stage(roots: Arc<RootCertStore>, own: Own) -> Result<ServerConfig> {
    config(both(roots)?.0, own)
}

pub fn audience(roots: Arc<RootCertStore>, own: Own) -> Result<ServerConfig> {
    let (_, verifier) = both(roots)?;
    config(verifier, own)
}

pub fn by_name(roots: Arc<RootCertStore>, name: &str, own: Own) -> Result<ServerConfig> {
    let (strict, _) = both(roots)?;
    let known = BTreeMap::from([("jury", strict.clone()), ("host", strict)]);
    config(known.get(name).context("nobody of that name")?.clone(), own)
}
