//! Test-card generator. `NoClientAuth` is a unit struct since rustls 0.22.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{NoClientAuth, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

fn verifier(studios: Option<RootCertStore>) -> color_eyre::Result<Arc<dyn ClientCertVerifier>> {
    if let Some(studios) = studios {
        let verifier = WebPkiClientVerifier::builder(Arc::new(studios)).build()?;
        return Ok(verifier);
    }
    Ok(Arc::new(NoClientAuth)) // expect: MTLS103
}

pub fn config(
    studios: Option<RootCertStore>,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> color_eyre::Result<ServerConfig> {
    Ok(ServerConfig::builder()
        .with_client_cert_verifier(verifier(studios)?)
        .with_single_cert(chain, key)?)
}
