//! All that `ClientCertVerifierBuilder` can do, short of letting anybody in.
//! (`allow_unauthenticated` is the one we leave out.)

use std::sync::Arc;

use rustls::pki_types::{CertificateRevocationListDer, CertificateDer, PrivateKeyDer};
use rustls::server::{ClientCertVerifierBuilder, WebPkiClientVerifier};
use rustls::{DistinguishedName, RootCertStore, ServerConfig};

#[derive(Clone, Copy, PartialEq)]
pub enum Revocation {
    Chain,
    Leaf,
    BestEffort,
}

fn steps(
    roots: Arc<RootCertStore>,
    lists: Vec<CertificateRevocationListDer<'static>>,
    revocation: Revocation,
) -> ClientCertVerifierBuilder {
    let builder = WebPkiClientVerifier::builder(roots).with_crls(lists);
    match revocation {
        Revocation::Chain => builder.enforce_revocation_expiration(),
        Revocation::Leaf => builder.only_check_end_entity_revocation(),
        Revocation::BestEffort => builder.allow_unknown_revocation_status(),
    }
}

pub fn config(
    roots: Arc<RootCertStore>,
    lists: Vec<CertificateRevocationListDer<'static>>,
    hints: Vec<DistinguishedName>,
    own: (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>),
) -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let allow_unauthenticated = false;
    let builder = steps(roots, lists, Revocation::Chain).clear_root_hint_subjects();
    let verifier = builder.add_root_hint_subjects(hints).build()?;
    tracing::info!(allow_unauthenticated, "client verifier");
    let config = ServerConfig::builder().with_client_cert_verifier(verifier);
    Ok(config.with_single_cert(own.0, own.1)?)
}
