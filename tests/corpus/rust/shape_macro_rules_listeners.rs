//! Market stalls: a macro writes one function per stall. What it pastes in is the same for all.

use std::sync::Arc;

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ServerConfig, WebPkiClientVerifier};
use rustls::RootCertStore;

macro_rules! pem {
    ($path:literal) => {
        CertificateDer::from_pem_file($path).map_err(|error| format!("{}: {error}", $path))?
    };
}

macro_rules! stall {
    ($name:ident, $ca:literal) => {
        /// TLS of a stall whose customers have certificates.
        pub fn $name() -> Result<ServerConfig, String> {
            let mut roots = RootCertStore::empty();
            roots.add(pem!($ca)).map_err(|error| error.to_string())?;
            let verifier = WebPkiClientVerifier::builder(Arc::new(roots))
                .build()
                .map_err(|error| error.to_string())?;
            ServerConfig::builder()
                .with_client_cert_verifier(verifier)
                .with_single_cert(
                    vec![pem!("stall.pem")],
                    PrivateKeyDer::from_pem_file("stall.key").map_err(|e| e.to_string())?,
                )
                .map_err(|error| error.to_string())
        }
    };
}

stall!(cheese, "cheese-lovers.pem");
stall!(bread, "bakers.pem");

/// Written by hand for comparison; `allow_unauthenticated` is only named here.
pub fn labels() -> [&'static str; 2] {
    [stringify!(cheese().allow_unauthenticated()), stringify!(bread)]
}
