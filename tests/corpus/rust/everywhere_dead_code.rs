//! Ice cream van. Code that is never compiled or never reached opens nothing.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

type Own = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

#[cfg(any())]
mod first_draft {
    use super::*;

    pub fn van(own: Own) -> ServerConfig {
        ServerConfig::builder().with_no_client_auth().with_single_cert(own.0, own.1).unwrap()
    }

    pub fn connector() -> native_tls::TlsConnector {
        native_tls::TlsConnector::builder().danger_accept_invalid_certs(true).build().unwrap()
    }
}

/*
pub fn second_draft(roots: RootCertStore) {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).allow_unauthenticated().build();
}
*/

pub fn van(roots: RootCertStore, own: Own) -> anyhow::Result<ServerConfig> {
    let builder = WebPkiClientVerifier::builder(Arc::new(roots));
    #[cfg(any())]
    let builder = builder.allow_unauthenticated();
    let verifier = builder.build()?;
    if false {
        let config = ServerConfig::builder().with_no_client_auth();
        return Ok(config.with_single_cert(own.0, own.1)?);
    }
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(own.0, own.1)?)
}
