//! Model railway: TLS inside of macros that are not ours.

use std::sync::Arc;

use cfg_if::cfg_if;
use lazy_static::lazy_static;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

cfg_if! {
    if #[cfg(feature = "exhibition")] {
        fn signals(roots: RootCertStore) -> WebPkiBuilder {
            WebPkiClientVerifier::builder(Arc::new(roots)).allow_unauthenticated() // expect: MTLS101
        }
    } else {
        fn signals(roots: RootCertStore) -> WebPkiBuilder {
            WebPkiClientVerifier::builder(Arc::new(roots))
        }
    }
}

type WebPkiBuilder = rustls::server::ClientCertVerifierBuilder;

lazy_static! {
    /// Shared by all listeners.
    static ref TLS: Arc<ServerConfig> = {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file("drivers.pem").unwrap()).unwrap();
        let verifier = signals(roots).build().unwrap();
        let chain = vec![CertificateDer::from_pem_file("railway.pem").unwrap()];
        let key = PrivateKeyDer::from_pem_file("railway.key").unwrap();
        Arc::new(
            ServerConfig::builder()
                .with_client_cert_verifier(verifier)
                .with_single_cert(chain, key)
                .unwrap(),
        )
    };
}

pub fn tls() -> Arc<ServerConfig> {
    TLS.clone()
}
